import { Fill } from '@boardwalk/contracts';
import { rawImage, type Image } from '@boardwalk/flash';
import { FillError, filledImage, fillSpans } from './filled-image.ts';
import { patchedImage } from './patched-image.ts';

const BASE = 0x08000000;
const fill = (given: object): Fill => Fill.parse(given);
const CODE = rawImage(new Uint8Array([1, 2, 3, 4]), BASE);
const piecesOf = ({ segments }: Image) =>
  segments.map(({ address, data }) => [address - BASE, Buffer.from(data).toString('hex')]);
const with2Pieces = patchedImage(CODE, [{ address: BASE + 8, data: new Uint8Array([9]) }]);

test('without a range every gap of image and patches takes the value, and nothing beyond them', () => {
  expect(piecesOf(filledImage(with2Pieces, [fill({ value: 0xa5 })]))).toEqual([[0, '01020304a5a5a5a509']]);
  expect(filledImage(CODE, [fill({ value: 0xa5 })])).toEqual(CODE);
});

test('a range is filled beside the image, by its bytes or by its end', () => {
  const joined = [
    [0, '01020304'],
    [6, '000009'],
  ];
  for (const range of [{ bytes: 2 }, { to: '0x08000008' }])
    expect(piecesOf(filledImage(with2Pieces, [fill({ from: '0x08000006', value: 0, ...range })]))).toEqual(
      joined,
    );
});

test.each([
  ['the image', { from: '0x08000003', bytes: 1 }],
  ['a patch', { from: '0x08000004', to: '0x08000009' }],
  ['all of it', { from: '0x08000000', bytes: 4096 }],
])('a range that overlaps %s is refused, and says where', (_name, range) => {
  expect(() => filledImage(with2Pieces, [fill(range)])).toThrow(/overlaps what is programmed at 0x080000/);
});

test('a range right beside the image is none that overlaps', () => {
  expect(piecesOf(filledImage(CODE, [fill({ from: '0x08000004', bytes: 1 })]))).toEqual([[0, '01020304ff']]);
});

test('two fills of one recipe do not claim the same byte', () => {
  const ranges = [fill({ from: '0x08000010', bytes: 4 }), fill({ from: '0x08000012', bytes: 4, value: 0 })];
  expect(() => filledImage(CODE, ranges)).toThrow(FillError);
});

test.each([
  ['before flash', [], { from: '0x07ffffff', bytes: 2 }],
  ['behind the largest flash', [], { from: '0x080fffff', bytes: 2 }],
  ['in RAM', [], { from: '0x20000000', bytes: 2 }],
  ['in a gap that spans the address space', [0x08000000, 0x1ffff800], {}],
])('a fill that lies %s is refused', (_name, at, given) => {
  const taken = at.map((address) => ({ address, bytes: 16 }));
  expect(() => fillSpans(taken, fill(given))).toThrow(
    /lies outside flash, which is 0x08000000\.\.0x080fffff/,
  );
});

test.each([
  [{ bytes: 2 }, 'from'],
  [{ to: '0x08000008' }, 'from'],
  [{ from: '0x08000000' }, 'bytes'],
  [{ from: '0x08000000', bytes: 2, to: '0x08000002' }, 'bytes'],
  [{ from: '0x08000008', to: '0x08000008' }, 'to'],
  [{ from: '0x08000000', bytes: 2, value: 256 }, 'value'],
])('the contract refuses %j at %s', (given, field) => {
  expect(Fill.safeParse(given).error?.issues.map(({ path }) => path)).toEqual([[field]]);
});
