import { FLASH_BASE } from '../families/families.ts';
import { rawImage } from '../images/read-image.ts';
import { planFlash } from '../plan.ts';
import { engineOn, pseudoRandom, type Bench } from '../testing/bench.ts';
import { pageSum } from './page-sums.ts';

let on: Bench;
afterEach(() => on.bench.close());

/** A board with 32 KiB of random content in its middle, the rest blank. */
async function quarterFull(): Promise<Uint8Array> {
  on = await engineOn('f103cb');
  const plan = planFlash(rawImage(pseudoRandom(32768, 5), FLASH_BASE + 0x8000), on.engine.geometry);
  await on.engine.program(plan);
  await on.engine.reset();
  return (await on.bench.slots[0]!.flash())!;
}
const bytesIn = async (): Promise<number> => (await on.bench.slots[0]!.ledger()).usbBytesIn;

test('pages that are blank are proved, not moved, and the dump is whole', async () => {
  const cells = await quarterFull();
  const before = await bytesIn();
  const dump = await on.engine.dumpProved(on.engine.wholeFlash, []);
  expect(Buffer.from(dump.bytes).equals(cells)).toBe(true);
  expect(dump).toMatchObject({ readPages: 32, provedPages: 96 });
  expect((await bytesIn()) - before).toBeLessThan(36 * 1024);
});

test('content that the host knows is proved wherever it stands', async () => {
  const cells = await quarterFull();
  const dump = await on.engine.dumpProved(on.engine.wholeFlash, [pseudoRandom(32768, 5)]);
  expect(Buffer.from(dump.bytes).equals(cells)).toBe(true);
  expect(dump).toMatchObject({ readPages: 0, provedPages: 128 });
});

test('odd ranges are whole too', async () => {
  const cells = await quarterFull();
  const range = { address: FLASH_BASE + 777, sizeBytes: 131072 - 1000 };
  const dump = await on.engine.dumpProved(range, []);
  expect(Buffer.from(dump.bytes).equals(cells.slice(777, 777 + range.sizeBytes))).toBe(true);
});

/** Another page with the same sum: the second word takes back what the first one changed. */
function sameSum(page: Uint8Array): Uint8Array {
  const twin = page.slice();
  const [a, b] = [new DataView(page.buffer, page.byteOffset), new DataView(twin.buffer)];
  b.setUint32(0, a.getUint32(0, true) ^ 1, true);
  const after = (word: number): number => {
    const mixed = Math.imul(word, 0x9e3779b1);
    return (mixed >>> 15) | (mixed << 17);
  };
  const difference = after(a.getUint32(0, true)) ^ after(b.getUint32(0, true));
  b.setUint32(4, a.getUint32(4, true) ^ difference, true);
  return twin;
}

test('a sum that agrees by chance proves nothing: the stretch is read', async () => {
  const cells = await quarterFull();
  const pages = pseudoRandom(32768, 5);
  const twin = sameSum(pages.slice(1024, 2048));
  expect(pageSum(twin)).toBe(pageSum(pages.slice(1024, 2048)));
  pages.set(twin, 1024);
  const dump = await on.engine.dumpProved(on.engine.wholeFlash, [pages]);
  expect(Buffer.from(dump.bytes).equals(cells)).toBe(true);
  expect(dump.readPages).toBeGreaterThan(0);
});
