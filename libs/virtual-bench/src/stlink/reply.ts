/** Builds little-endian replies. */
export function reply(lengthBytes: number, status: number | null = null): DataView {
  const view = new DataView(new ArrayBuffer(lengthBytes));
  if (status !== null) view.setUint8(0, status);
  return view;
}

/** A reply of a status and one word at offset 4. */
export function statusWord(status: number, word: number): DataView {
  const view = reply(8, status);
  view.setUint32(4, word >>> 0, true);
  return view;
}
