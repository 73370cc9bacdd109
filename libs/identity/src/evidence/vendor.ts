import { hex } from '@boardwalk/contracts';
import { isArm, isGigaDevice, isHk32, isSt, isUnprogrammed } from '../designer.ts';
import type { Facts } from '../facts.ts';
import { rows, type EvidenceRow } from './row.ts';

const designerText = ({ designer }: Facts): string =>
  designer === null
    ? 'not read'
    : `bank ${designer.bank + 1}, id ${hex(designer.id)}, part ${hex(designer.part)}${designer.jedec ? '' : ', no JEDEC code'}`;

/** A designer of which no known part tells. */
const isAnother = ({ designer }: Facts): boolean =>
  designer !== null && designer.jedec && ![isSt, isArm, isGigaDevice].some((known) => known(designer));
const isIllegal = ({ designer }: Facts): boolean =>
  designer !== null && !designer.jedec && !isHk32(designer) && !isUnprogrammed(designer);

/** The designer in the root ROM table: the strongest single read, and one that can be copied. */
export const VENDOR_EVIDENCE: readonly EvidenceRow[] = rows(
  {
    ...{ group: 'vendor', read: designerText, expected: 'bank 1, id 0x20 (STMicroelectronics)' },
    ...{
      source: 'CoreSight ROM table as ST’s own tools check it; public logs',
      cites: ['romTables', 'blackMagic'],
    },
  },
  ['VENDOR_ST', [4, 'A', 'supports'], (f) => isSt(f.designer), 'the ROM table names ST as the designer'],
  [
    'VENDOR_ARM',
    [-7, 'A', 'specific'],
    (f) => isArm(f.designer),
    'the ROM table was left as ARM delivers it; ST’s parts carry ST’s code',
  ],
  [
    'VENDOR_GD',
    [-8, 'A', 'specific'],
    (f) => isGigaDevice(f.designer),
    'the ROM table names GigaDevice as the designer',
  ],
  [
    'VENDOR_HK',
    [-7, 'A', 'specific'],
    (f) => isHk32(f.designer),
    'the ROM table carries the illegal code that a HK32F103 has',
  ],
  // Several makers leave the ids so, and a probe that reads nothing shows zeros too: it needs company.
  [
    'VENDOR_BLANK',
    [-7, 'A', 'odd'],
    (f) => isUnprogrammed(f.designer),
    'the ids of the ROM table were never programmed; ST’s parts carry ST’s code',
  ],
  ['VENDOR_JEP', [-7, 'B', 'odd'], isAnother, 'the ROM table names another designer than ST'],
  ['VENDOR_NONE', [-7, 'B', 'odd'], isIllegal, 'the ROM table carries no legal designer code'],
  [
    'ROMPART_DIFF',
    [-1, 'B', 'odd'],
    (f) => isSt(f.designer) && f.deviceId !== null && f.designer!.part !== f.deviceId,
    'the ROM table names another part than the device id',
  ],
);
