import { ImageError } from '../errors.ts';
import { FLASH_BASE, geometryOf } from '../families/families.ts';
import { planFlash } from '../plan.ts';
import { rawImage, readImage } from './read-image.ts';

const text = (content: string): Uint8Array => new Uint8Array(Buffer.from(content));

/** An Intel HEX record with its checksum. */
function hex(type: number, offset: number, data: number[]): string {
  const bytes = [data.length, offset >>> 8, offset & 0xff, type, ...data];
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  return `:${[...bytes, -sum & 0xff].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`.toUpperCase();
}

const BASE = hex(4, 0, [0x08, 0x00]);
const END = hex(1, 0, []);

test('Intel HEX lands at its addresses, neighbours joined', () => {
  const image = readImage(
    text([BASE, hex(0, 0, [1, 2]), hex(0, 2, [3, 4]), hex(0, 0x100, [5]), END].join('\r\n')),
  );
  expect(image.format).toBe('hex');
  expect(image.segments.map(({ address, data }) => [address, [...data]])).toEqual([
    [FLASH_BASE, [1, 2, 3, 4]],
    [FLASH_BASE + 0x100, [5]],
  ]);
});

test('S-records land at their addresses', () => {
  const image = readImage(text('S00600004844521B\nS307080000000102ED\nS70500000000FA\n'));
  expect(image.segments.map(({ address, data }) => [address, [...data]])).toEqual([[FLASH_BASE, [1, 2]]]);
});

function elf(): Uint8Array {
  const view = new DataView(new ArrayBuffer(52 + 32 + 4));
  [0x7f, 0x45, 0x4c, 0x46, 1, 1, 1].forEach((byte, i) => view.setUint8(i, byte));
  view.setUint16(18, 40, true);
  view.setUint32(28, 52, true);
  view.setUint16(42, 32, true);
  view.setUint16(44, 1, true);
  const header = [1, 84, 0x20000000, FLASH_BASE + 0x400, 4, 4];
  header.forEach((word, i) => view.setUint32(52 + i * 4, word, true));
  view.setUint32(84, 0xddccbbaa, true);
  return new Uint8Array(view.buffer);
}

test('ELF segments land at their physical addresses', () => {
  expect(readImage(elf()).segments).toEqual([
    { address: FLASH_BASE + 0x400, data: Uint8Array.from([0xaa, 0xbb, 0xcc, 0xdd]) },
  ]);
});

test.each<[string, Uint8Array, string, string | null]>([
  ['an empty file', text(''), 'image.empty', null],
  ['a truncated hex record', text(`${BASE}\n:100000000102`), 'image.truncated', 'line 2'],
  ['a hex file without its end', text(`${BASE}\n${hex(0, 0, [1])}`), 'image.truncated', null],
  ['a wrong checksum', text(`${BASE}\n:0100000001FF\n${END}`), 'image.checksum', 'line 2'],
  [
    'overlapping records',
    text([BASE, hex(0, 0, [1, 2]), hex(0, 1, [3]), END].join('\n')),
    'image.overlap',
    'line 3',
  ],
  ['a line that is no record', text(`${BASE}\nhello\n${END}`), 'image.format', 'line 2'],
  ['a wrong S-record checksum', text('S1050000010200\nS9030000FC'), 'image.checksum', 'line 1'],
  ['an ELF cut off', elf().slice(0, 70), 'image.truncated', 'program header 0'],
  ['text', text('hello'), 'image.format', null],
])('%s is refused, with where', (_what, bytes, code, where) => {
  const refuse = (): unknown => readImage(bytes);
  expect(refuse).toThrow(ImageError);
  try {
    refuse();
  } catch (cause) {
    expect(cause).toMatchObject({ code, where });
  }
});

test.each([
  [FLASH_BASE - 1, 2],
  [FLASH_BASE + 65536 - 1, 2],
  [0x20000000, 4],
])('data at 0x%s lies outside a 64 KiB flash and is refused', (address, length) => {
  const image = rawImage(new Uint8Array(length), address);
  expect(() => planFlash(image, geometryOf(0x20036410, 64))).toThrow(/The image lies at/);
});
