import { rawImage } from '@boardwalk/flash';
import fc from 'fast-check';
import { encodePatch, PatchError } from './encode-patch.ts';
import { patchedImage } from './patched-image.ts';

const hex = (...args: Parameters<typeof encodePatch>): string =>
  Buffer.from(encodePatch(...args)).toString('hex');

test.each([
  ['ascii', 'SN1', 5, 0xff, '534e31ffff'],
  ['utf8', 'ü', 4, 0, 'c3bc0000'],
  ['hex', '00:80:e1:00:00:01', 6, 0, '0080e1000001'],
  ['bcd', '12345', 4, 0, '00012345'],
  ['uint-le', '305419896', 4, 0, '78563412'],
  ['uint-be', '0x12345678', 8, 0, '0000000012345678'],
  ['uint-le', '18446744073709551615', 8, 0, 'ffffffffffffffff'],
] as const)('%s writes %s into %d bytes', (encoding, value, bytes, pad, expected) =>
  expect(hex({ encoding, bytes, pad }, value)).toBe(expected),
);

test.each([
  ['ascii', 'toolong', 3],
  ['ascii', 'ü', 4],
  ['utf8', 'üü', 3],
  ['hex', '0102', 1],
  ['hex', 'zz', 1],
  ['bcd', '0x12', 2],
  ['bcd', '12345', 2],
  ['uint-le', '256', 1],
  ['uint-be', '-1', 4],
  ['uint-be', '1e3', 4],
] as const)('%s refuses %s in %d bytes', (encoding, value, bytes) =>
  expect(() => encodePatch({ encoding, bytes, pad: 0 }, value)).toThrow(PatchError),
);

const BASE = 0x08000000;
const SPACE = 64;

test('patched, an image holds the patch where it lies, itself everywhere else, and nothing more', () => {
  const piece = fc.record({ at: fc.nat(SPACE - 1), data: fc.uint8Array({ minLength: 1, maxLength: 12 }) });
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 20 }),
      fc.nat(30),
      fc.array(piece, { maxLength: 4 }),
      (code, at, patches) => {
        const image = rawImage(code, BASE + at);
        const expected = new Map<number, number>();
        code.forEach((byte, index) => expected.set(BASE + at + index, byte));
        const placed = patches.map(({ at: offset, data }) => ({ address: BASE + offset, data }));
        // Recipes refuse patches that overlap; the later wins here only so that the test needs no filter.
        placed.sort((a, b) => a.address - b.address);
        for (const { address, data } of placed)
          data.forEach((byte, index) => expected.set(address + index, byte));
        const result = patchedImage(image, placed);
        const held = new Map(
          result.segments.flatMap(({ address, data }) =>
            [...data].map((byte, index) => [address + index, byte] as const),
          ),
        );
        expect(held).toEqual(expected);
        expect(result.sizeBytes).toBe(expected.size);
        // In address order, never touching: what a plan takes.
        for (const [index, { address }] of result.segments.entries()) {
          const before = result.segments[index - 1];
          if (before) expect(address).toBeGreaterThan(before.address + before.data.length);
        }
      },
    ),
    { seed: 11, numRuns: 500 },
  );
});
