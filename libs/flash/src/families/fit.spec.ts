import { fitOf } from './fit.ts';

const at = (address: number, bytes: number) => ({ segments: [{ address, data: new Uint8Array(bytes) }] });
const X8 = { flashSizeKib: 64, deviceId: '0x20036410' };

test.each([
  ['the last byte that the chip states', at(0x0800ffff, 1), X8, false, true, 64],
  ['one byte more', at(0x08010000, 1), X8, false, false, 65],
  ['flash beyond what is stated, allowed', at(0x0801ffff, 1), X8, true, true, 128],
  ['more than any part of the family has', at(0x08020000, 1), X8, true, false, 129],
  ['an address before flash', at(0x07000000, 4), X8, false, false, 0],
  ['RAM', at(0x20000000, 4), X8, true, false, 393217],
  ['a chip that states no size', at(0x0801ffff, 1), { ...X8, flashSizeKib: null }, false, true, 128],
  [
    'more than a chip without a size may have',
    at(0x08020000, 1),
    { ...X8, flashSizeKib: null },
    false,
    false,
    129,
  ],
  [
    'a chip of no known family',
    at(0x08020000, 1),
    { flashSizeKib: null, deviceId: '0x123' },
    false,
    true,
    129,
  ],
  [
    'a chip of which nothing was read',
    at(0x08020000, 1),
    { flashSizeKib: null, deviceId: null },
    false,
    true,
    129,
  ],
] as const)(
  'an image at %s is compared with what the chip states',
  (_name, image, chip, allow, fits, needsKib) => {
    expect(fitOf(image, chip, allow)).toEqual({ fits, needsKib, statesKib: chip.flashSizeKib });
  },
);
