import { jest } from '@jest/globals';
import { LedgerBench } from '../testing/ledger-bench.ts';

jest.setTimeout(60_000);

let ledger: LedgerBench;
beforeEach(async () => {
  ledger = await new LedgerBench().open();
});
afterEach(() => ledger.close());

/** A raw image with a vector table whose stack begins at the end of this much RAM. */
function bootable(sramKib: number): Uint8Array {
  const bytes = new Uint8Array(64).fill(0xbf);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x20000000 + sramKib * 1024, true);
  view.setUint32(4, 0x08000021, true);
  return bytes;
}

test('a raw image whose stack needs more RAM than the chip in the slot has waits for another chip', async () => {
  const { image } = await ledger.images.add({ bytes: bootable(64), name: 'for-the-xe.bin' });
  await ledger.post({ image: image.id, count: 1 });
  const { claim, waiting } = await ledger.offer('1');
  expect([claim, waiting]).toEqual([
    null,
    expect.objectContaining({
      reason: 'image-does-not-fit',
      detail: expect.stringMatching(/is no stack pointer into 20 KiB of RAM/) as string,
    }),
  ]);
  const xe = { insertion: 2, deviceId: '0x10036414', flashSizeKib: 512 };
  expect((await ledger.offer('2', xe)).claim).not.toBeNull();
});

test('the same bytes run on any chip once a person says that they are meant as they are', async () => {
  const { image } = await ledger.images.add({ bytes: bootable(64), name: 'mine.bin' });
  await ledger.images.add({ bytes: bootable(64), name: 'mine.bin', raw: true });
  await ledger.post({ image: image.id, count: 1 });
  expect((await ledger.offer('1')).claim).not.toBeNull();
});
