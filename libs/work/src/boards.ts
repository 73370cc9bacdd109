/**
 * Unique ids that many chips share; one of them tells nothing about the chip. Source: reference/clone-fingerprints-2.md,
 * "Unattributed UIDs of chips inside clone ST-LINK dongles", whose USB serial is the id. The mostly-F ids of section 6 of
 * clone-fingerprints.md (`FFFFxx07 FFFFFFFF FFFFFFFF`) are found by the rule of two words.
 */
const REPEATED: ReadonlySet<string> = new Set(['2d3804016215303030303032', '132014026315303030303032']);

/**
 * Whether a 96-bit unique id can tell one chip from another.
 * @param uid 24 lower-case hex digits, the three words as read
 */
export function isPlausibleUid(uid: string | null): uid is string {
  if (uid === null || !/^[0-9a-f]{24}$/.test(uid) || REPEATED.has(uid)) return false;
  const words = [uid.slice(0, 8), uid.slice(8, 16), uid.slice(16)];
  return words.filter((word) => word === '00000000' || word === 'ffffffff').length < 2;
}
