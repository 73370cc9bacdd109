import type { Facts } from '../facts.ts';
import { rows, type EvidenceRow } from './row.ts';

/** Bits 31:12 of word 0 by part number of AIR32/MH2103. */
const AIR32_WORDS = [0x1a5a5, 0x1a6a5, 0x1a8a6, 0x1a9a6];

export const isCh32Uid = ({ signature: { uid } }: Facts): boolean =>
  uid !== null && (uid[0]! & 0xffff) === 0xabcd && uid[2]! >>> 16 === 0x2000;
export const isAir32Uid = ({ signature: { uid } }: Facts): boolean =>
  uid !== null && AIR32_WORDS.includes(uid[0]! >>> 12);

/** The unique id by its shape. Whether another board has it is the record's doubt and never evidence about the chip. */
export const UNIQUE_ID_EVIDENCE: readonly EvidenceRow[] = rows(
  {
    ...{ group: 'uid', read: (f) => f.uidText ?? 'not read', expected: 'first byte 06 or 05' },
    ...{
      source: 'unique ids published of genuine parts and of marked other parts',
      cites: ['uniqueIds', 'blackMagicCh32', 'air32'],
    },
  },
  [
    'UID_SHAPE',
    [1, 'C', 'supports'],
    (f) => f.signature.uid !== null && [5, 6].includes(f.signature.uid[0]! >>> 24),
    'the unique id has the usual shape',
  ],
  // One assembler's lot of genuine parts had it on every twentieth.
  [
    'UID_BLANK',
    [-3, 'B', 'odd'],
    (f) => f.readUnderReset && f.signature.blank,
    'the unique id is blank although it was read under reset',
  ],
  ['UID_CH32', [-5, 'B', 'specific'], isCh32Uid, 'the unique id has the pattern of a CH32F103'],
  ['UID_AIR32', [-5, 'B', 'specific'], isAir32Uid, 'the unique id has the pattern of an AIR32/MH2103'],
);
