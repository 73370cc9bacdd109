import { hex, type Identity, type PeripheralId } from '@boardwalk/contracts';
import type { Doubt } from './words.ts';

/** JEP106 designer of a CoreSight component (ARM IHI0029, PIDR): bank, id, and whether it is a JEDEC code at all. */
export interface Designer {
  readonly jedec: boolean;
  readonly bank: number;
  readonly id: number;
  readonly part: number;
  /** The bits that are zero in every ROM table seen so far are zero: a garbled read rarely has that. */
  readonly clean: boolean;
}

export function designerOf({ pidr4, pidr }: PeripheralId): Designer {
  const [p0, p1, p2, p3] = pidr as [number, number, number, number];
  return {
    jedec: (p2 & 8) !== 0,
    bank: pidr4 & 15,
    id: ((p2 & 7) << 4) | (p1 >>> 4),
    part: ((p1 & 15) << 8) | p0,
    clean: p3 === 0 && pidr4 >>> 4 === 0,
  };
}

type Picked = Designer | null;

export const isSt = (designer: Picked): boolean =>
  designer !== null && designer.jedec && designer.bank === 0 && designer.id === 0x20;
export const isArm = (designer: Picked): boolean =>
  designer !== null && designer.jedec && designer.bank === 4 && designer.id === 0x3b;
/** GigaDevice (Beijing), bank 8. Its parts have different part numbers, so only the designer counts. */
export const isGigaDevice = (designer: Picked): boolean =>
  designer !== null && designer.jedec && designer.bank === 7 && designer.id === 0x51 && designer.clean;
/** An id without a JEDEC code, measured on a marked HK32F103 and on nothing else. */
export const isHk32 = (designer: Picked): boolean =>
  designer !== null &&
  !designer.jedec &&
  designer.bank === 5 &&
  designer.id === 0x55 &&
  designer.part === 0x29b;
/** Ids that nobody programmed: several makers leave them so. */
export const isUnprogrammed = (designer: Picked): boolean =>
  designer !== null && !designer.jedec && designer.bank === 0 && designer.id === 0 && designer.part === 0;

/** Part numbers of ARM's own root tables: 0x471 of a Cortex-M0, 0x4c0 M0+, 0x4c3 M3, 0x4c4 M4, 0x4c7 M7. */
const isArmRootPart = (part: number): boolean => part === 0x471 || part >>> 4 === 0x4c;

/** Preamble of every component id, with the class in the second byte: a ROM table is 1 or 9 (ARM IHI0029). */
const isRomTableId = ([a, b, c, d]: readonly number[]): boolean =>
  a === 0x0d && (b === 0x10 || b === 0x90) && c === 0x05 && d === 0xb1;

/** Why the ids of the root ROM table cannot have been read. */
export function rootDoubt({ romTable }: Identity): Doubt {
  if (!romTable) return null;
  const { peripheralId, componentId } = romTable;
  if (componentId.length > 0 && !isRomTableId(componentId))
    return 'its component id lacks the preamble 0d 10 05 b1';
  if (peripheralId.pidr.every((byte) => byte === 0xff)) return 'it reads as all ones';
  const designer = designerOf(peripheralId);
  // The other components have ARM's code and lower part numbers: one of theirs is a stale read.
  if (isArm(designer) && !isArmRootPart(designer.part))
    return `ARM gave part ${hex(designer.part)} to no ROM table`;
  return null;
}
