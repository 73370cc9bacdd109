import { memoryPieces } from './memory-pieces.ts';

const V2 = { wordBytes: 6144, byteReadBytes: 64, byteWriteBytes: 64 };
const V3 = { wordBytes: 6144, byteReadBytes: 128, byteWriteBytes: 512 };

test('a whole image goes in the largest word blocks', () => {
  const pieces = memoryPieces(0x08000000, 131072, V2, 'read');
  expect(pieces).toHaveLength(22);
  expect(pieces.every(({ itemBytes }) => itemBytes === 4)).toBe(true);
  expect(pieces.at(-1)).toEqual({ address: 0x0801f800, lengthBytes: 2048, itemBytes: 4 });
});

test('an odd length ends in bytes', () => {
  expect(memoryPieces(0x08000000, 131071, V2, 'read').slice(-2)).toEqual([
    { address: 0x0801f800, lengthBytes: 2044, itemBytes: 4 },
    { address: 0x0801fffc, lengthBytes: 3, itemBytes: 1 },
  ]);
});

test('nothing is no command', () => {
  expect(memoryPieces(0x20000000, 0, V2, 'write')).toEqual([]);
});

test('the last bytes of the address space are reached', () => {
  expect(memoryPieces(0xfffffffd, 3, V2, 'read')).toEqual([
    { address: 0xfffffffd, lengthBytes: 3, itemBytes: 1 },
  ]);
});

test('every address and length is covered once, in order, aligned and within the firmware’s limits', () => {
  const lengths = [1, 2, 3, 4, 5, 63, 64, 65, 127, 6143, 6144, 6145, 12289];
  for (const limits of [V2, V3])
    for (const direction of ['read', 'write'] as const)
      for (let offset = 0; offset < 8; offset += 1)
        for (const length of lengths) {
          let next = 0x20000000 + offset;
          for (const { address, lengthBytes, itemBytes } of memoryPieces(next, length, limits, direction)) {
            expect(address).toBe(next);
            expect(lengthBytes).toBeGreaterThan(0);
            expect([address % itemBytes, lengthBytes % itemBytes]).toEqual([0, 0]);
            const bytes = direction === 'read' ? limits.byteReadBytes : limits.byteWriteBytes;
            expect(lengthBytes).toBeLessThanOrEqual(itemBytes === 1 ? bytes : limits.wordBytes);
            next += lengthBytes;
          }
          expect(next).toBe(0x20000000 + offset + length);
        }
});
