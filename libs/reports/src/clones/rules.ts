/** The meaning of the numbers, printed next to them. */
export const CLONE_RULES: readonly string[] = [
  'A board is counted once, by the latest identity that was read of it in the window. Reference boards are left out.',
  '“Consistent” means consistent with a genuine ST part: no public method proves more. “Differs” means that the chip reports itself as another part than ordered; it is no statement about who made or sold it.',
  'A family is what a chip resembles by marks that this family alone shows; “unidentified” is said where no such mark was read.',
  'A chip of which too little was read, or read badly, is “insufficient”, whatever else it shows.',
  'Unlike its lot: at least 8 other boards of the lot were read, 9 in 10 of them agree, and this one reads otherwise. Unique ids are never compared.',
  'Left before a decision: a board that differs passed, and nobody had decided about it or its lot by then.',
  'At most 1,000 boards are listed, the latest first; the counts have all.',
  'Each verdict is by the newest model of evidence that judged the identity. Intervals are 95 %, by Wilson’s score.',
];
