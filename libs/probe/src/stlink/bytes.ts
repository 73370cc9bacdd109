/** A word as the wire has it, little-endian. */
export function word(value: number): [number, number, number, number] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];
}

export function half(value: number): [number, number] {
  return [value & 0xff, (value >>> 8) & 0xff];
}
