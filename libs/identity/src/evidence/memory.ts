import { hex } from '@boardwalk/contracts';
import { isSt } from '../designer.ts';
import { orderedDevices, orderedPins } from '../expectation.ts';
import type { Facts } from '../facts.ts';
import { F103_DEVICES, F103_LINES } from '../lines.ts';
import { is, register, rows, type EvidenceRow } from './row.ts';

const SIZES_KIB: ReadonlyMap<number, readonly number[]> = new Map(
  F103_LINES.map(({ deviceId, flashSizesKib }) => [deviceId, flashSizesKib]),
);
/** High and XL density and the connectivity line have no package of 48 pins or fewer (DS5791, DS6194). */
const LARGE_PACKAGE_DEVICES = [0x414, 0x430, 0x418];
const SMALL_PACKAGE_PINS = 48;

const sizeText = ({ signature: { sizeKib, statesNoSize } }: Facts): string =>
  sizeKib !== null ? `${sizeKib} KiB` : statesNoSize ? 'none stated' : 'not read';
const ordered = ({ expectation }: Facts): number | null => expectation.flashSizeKib ?? null;
/** The size is stated, and differs from the one ordered. */
const differs = (f: Facts): boolean =>
  f.signature.sizeKib !== null && ordered(f) !== null && f.signature.sizeKib !== ordered(f);
const isLegal = ({ deviceId, signature: { sizeKib } }: Facts): boolean => {
  const legal = deviceId === null ? null : SIZES_KIB.get(deviceId);
  return sizeKib === null || legal == null || legal.includes(sizeKib);
};

/** A chip of ST's that has less than was ordered: its own word says so. Protection hides the size, and one wrong bit shows one. */
const isShort = (f: Facts): boolean =>
  isSt(f.designer) &&
  !f.readProtected &&
  f.signature.sizeCertain &&
  differs(f) &&
  isLegal(f) &&
  f.signature.sizeKib! < ordered(f)!;

function isOtherDensity(f: Facts): boolean {
  const devices = orderedDevices(f.expectation);
  return devices !== null && f.lineCertain && is(f.deviceId, ...F103_DEVICES) && !is(f.deviceId, ...devices);
}

function isImpossiblePackage(f: Facts): boolean {
  const pins = orderedPins(f.expectation);
  if (pins === null || pins > SMALL_PACKAGE_PINS) return false;
  return f.lineCertain && is(f.deviceId, ...LARGE_PACKAGE_DEVICES);
}

/** Sizes of flash and SRAM, and what the order says of them. */
export const MEMORY_EVIDENCE: readonly EvidenceRow[] = [
  ...rows(
    {
      ...{ group: 'mem', read: sizeText, expected: 'the size ordered, legal for the device id' },
      ...{ source: 'DS5319; RM0008 30.1', cites: ['datasheet', 'manual'] },
    },
    [
      'SIZE_OK',
      [1, 'B', 'supports'],
      (f) => f.signature.sizeKib !== null && f.signature.sizeKib === ordered(f),
      'the flash size is the one ordered',
    ],
    ['SIZE_DIFF', [-2, 'B', 'odd'], differs, 'the flash size is not the one ordered'],
    ['SIZE_SHORT', [-3, 'B', 'specific'], isShort, 'the chip states less flash than was ordered'],
    ['SIZE_ILLEGAL', [-3, 'A', 'odd'], (f) => !isLegal(f), 'no part with this device id has that much flash'],
    [
      'SIZE_NONE',
      [-2, 'B', 'odd'],
      (f) => f.signature.statesNoSize && !f.readProtected,
      'a chip that is not protected states its flash size',
    ],
  ),
  ...rows(
    {
      ...{ group: 'mem', read: register((f) => f.registers.deviceId), expected: 'the line ordered' },
      ...{
        source: 'RM0008 31.6.1; DS5319; statements of ST’s staff in public threads',
        cites: ['manual', 'datasheet', 'staff'],
      },
    },
    ['DENSITY_DIFF', [-3, 'A', 'specific'], isOtherDensity, 'the device id is that of another density'],
    [
      'PKG_IMPOSSIBLE',
      [-6, 'A', 'specific'],
      isImpossiblePackage,
      'ST puts no die of this line into the package ordered',
    ],
  ),
  ...rows(
    {
      ...{ group: 'mem', expected: '0xffff', source: 'two published signature dumps', cites: ['manual'] },
      read: (f) => (f.signature.sizeHigh === null ? 'not read' : hex(f.signature.sizeHigh)),
    },
    [
      'HALF_FFFF',
      [1, 'B', 'supports'],
      (f) => f.signature.sizeHigh === 0xffff,
      'the half-word beside the flash size is blank',
    ],
    // ST's parts of 2007 and 2008 have the SRAM size there too.
    [
      'HALF_SRAM',
      [-2, 'B', 'odd'],
      (f) => f.signature.sizeHigh !== null && f.signature.sizeHigh > 0 && f.signature.sizeHigh <= 256,
      'the half-word beside the flash size holds an SRAM size, as GigaDevice’s parts do',
    ],
  ),
  ...rows(
    {
      ...{ group: 'mem', read: (f) => (f.sramBeyond ? 'it answers' : 'nothing'), expected: 'a bus fault' },
      ...{ source: 'public reports of AIR32 and other parts', cites: ['air32', 'fakes'] },
    },
    [
      'SRAM_MORE',
      [-4, 'B', 'odd'],
      (f) => f.sramBeyond === true,
      'SRAM answers past the end that the device id has',
    ],
  ),
];
