import { rawImage } from '@boardwalk/flash';
import { FIRMWARE, OpenBench, recipeOf } from '../testing/open-bench.ts';
import { lookAt } from '../bench/presence.ts';

let bench: OpenBench;
afterEach(() => bench?.close());

const BOARDS = [
  ['f030f4', '0x444', 16, '0x0bb11477'],
  ['f030c8', '0x440', 64, '0x0bb11477'],
  ['f042c6', '0x445', 32, '0x0bb11477'],
  ['f072cb', '0x448', 128, '0x0bb11477'],
  ['f091cc', '0x442', 256, '0x0bb11477'],
  ['f303cc', '0x422', 256, '0x2ba01477'],
  ['f303k8', '0x438', 64, '0x2ba01477'],
] as const;
const names = BOARDS.map(([name]) => name);

test.each(names)(
  'the default recipe proves the flash of a %s, and concludes nothing of its maker',
  async (board) => {
    bench = await OpenBench.on(board);
    const result = await bench.run();
    expect(result).toMatchObject({ outcome: 'PASS', verify: { method: 'digest' } });
    expect(result.assessment).toMatchObject({ verdict: 'insufficient' });
    expect(result.assessment?.summary).toMatch(/STM32F[03]/);
    expect((await bench.socket.flash())!.slice(0, FIRMWARE.length)).toEqual(FIRMWARE);
  },
);

test.each(BOARDS)(
  'a look at a %s shows its device id %s and %i KiB',
  async (board, deviceId, flashSizeKib, dpidr) => {
    bench = await OpenBench.on(board);
    const look = await bench.slot.borrow('look', async (loan) => lookAt(await loan.link(), false));
    expect(look.board).toMatchObject({ dpidr, flashSizeKib });
    expect(parseInt(look.board!.deviceId!, 16) & 0xfff).toBe(parseInt(deviceId, 16));
    expect(look.board!.uid).toMatch(/^[0-9a-f]{24}$/);
  },
);

test.each(names)('options and protection of a %s are steps of a recipe', async (board) => {
  bench = await OpenBench.on(board);
  const set = { step: 'options', set: { DATA0: 0x42, nBOOT1: 1, WRP: '0xffffffff' } } as const;
  const recipe = recipeOf(['connect', 'erase', 'program', 'reset', 'verify', set, 'protect']);
  const result = await bench.run({ recipe });
  expect([result.outcome, result.detail]).toEqual(['PASS', result.detail]);
  expect([...(await bench.socket.optionBytes())!.slice(0, 6)]).toEqual([0x00, 0xff, 0xff, 0x00, 0x42, 0xbd]);
});

test('an option of another series is the recipe’s fault, not the board’s', async () => {
  bench = await OpenBench.on('f030c8');
  const recipe = recipeOf([
    'connect',
    'erase',
    'program',
    'reset',
    'verify',
    { step: 'options', set: { BFB2: 0 } },
  ]);
  expect(await bench.run({ recipe })).toMatchObject({ outcome: 'ABORTED', reason: 'image-does-not-fit' });
});

test('an F0 in the place of an F103 is another part, where the recipe states one', async () => {
  bench = await OpenBench.on('f030c8');
  const recipe = recipeOf(undefined, { part: { deviceId: '0x410' } });
  expect(await bench.run({ recipe })).toMatchObject({ outcome: 'FAIL', reason: 'wrong-part' });
});

test('an image whose stack is beyond the RAM of an F0 was not built for it', async () => {
  bench = await OpenBench.on('f030c8');
  const firmware = Uint8Array.from(FIRMWARE);
  new DataView(firmware.buffer).setUint32(0, 0x20005000, true);
  const image = { ...rawImage(firmware), stack: 0x20005000 };
  const result = await bench.run({ image });
  expect(result).toMatchObject({ outcome: 'ABORTED', reason: 'image-does-not-fit' });
  expect(result.detail).toMatch(/not built for this chip \(STM32F05x/);
});

test.each([
  ['options', 'silent-replies'],
  ['options', 'short-replies'],
  ['protect', 'silent-replies'],
  ['protect', 'short-replies'],
] as const)('option bytes of an F0 survive an answer that is lost in %s (%s)', async (step, kind) => {
  const set = { step: 'options', set: { DATA0: 0x42 } } as const;
  const recipe = recipeOf(['connect', 'erase', 'program', 'reset', 'verify', set, 'protect']);
  bench = await OpenBench.on('f042c6');
  const result = await bench.run(
    { recipe },
    {
      step: async ({ step: name, state }) => {
        if (name === step && state === 'running') await bench.socket.fault({ kind, count: 1 });
      },
    },
  );
  expect([result.outcome, result.detail]).toEqual(['PASS', result.detail]);
  expect([...(await bench.socket.optionBytes())!.slice(0, 6)]).toEqual([0x00, 0xff, 0xff, 0x00, 0x42, 0xbd]);
});
