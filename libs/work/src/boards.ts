/** UIDs that many chips share, as found in public reports; a UID on this list tells nothing about the chip. */
const REPEATED: ReadonlySet<string> = new Set();

/**
 * Whether a 96-bit unique id can tell one chip from another.
 * @param uid 24 lower-case hex digits, the three words as read
 */
export function isPlausibleUid(uid: string | null): uid is string {
  if (uid === null || !/^[0-9a-f]{24}$/.test(uid) || REPEATED.has(uid)) return false;
  const words = [uid.slice(0, 8), uid.slice(8, 16), uid.slice(16)];
  return words.filter((word) => word === '00000000' || word === 'ffffffff').length < 2;
}
