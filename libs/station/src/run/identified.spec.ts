import type { Identity } from '@boardwalk/contracts';
import { OpenBench, recipeOf } from '../testing/open-bench.ts';
import type { Hold } from '../request/run-request.ts';

let bench: OpenBench;
afterEach(() => bench.close());

const HOLD: Hold = {
  reason: 'record-held',
  detail: 'SN-7 is the serial of another chip, seen on 2026-03-01 09:12.',
  remedy: 'Ask quality for a decision.',
};
const PLAIN = ['connect', 'erase', 'program', 'reset', 'verify', 'reset'];
const LATE = ['connect', 'erase', 'identify', 'program', 'reset', 'verify', 'reset'];

test.each([
  ['identifies first', undefined],
  ['does not identify', PLAIN],
  ['identifies after erasing', LATE],
])('a board that the records hold is ABORTED untouched, in a recipe that %s', async (_name, steps) => {
  bench = await OpenBench.on('f103cb');
  await bench.run();
  const before = await bench.socket.flash();
  const uids: (string | null)[] = [];
  const identified = async ({ uid }: Identity) => {
    uids.push(uid);
    return { hold: HOLD };
  };
  const result = await bench.run(steps ? { recipe: recipeOf(steps) } : {}, { identified });
  expect(result).toMatchObject({
    outcome: 'ABORTED',
    reason: 'record-held',
    detail: HOLD.detail,
    remedy: HOLD.remedy,
  });
  expect(result.steps.map(({ step }) => step)).not.toContain('erase');
  expect(await bench.socket.flash()).toEqual(before);
  expect(uids).toEqual([bench.slot.uid]);
});

test('what the records find about a board is said in the step that identified it', async () => {
  bench = await OpenBench.on('f103cb');
  const finding = 'This chip was SN-3 until 2026-03-01 09:12.';
  const result = await bench.run({}, { identified: async () => ({ finding }) });
  expect(result).toMatchObject({ outcome: 'PASS' });
  expect(result.steps[1]!.detail).toMatch(/consistent.*This chip was SN-3/i);
});

test('a recipe that does not identify leaves the chip’s identity in the record', async () => {
  bench = await OpenBench.on('f103cb');
  const result = await bench.run({ recipe: recipeOf(PLAIN) });
  expect(result).toMatchObject({ outcome: 'PASS', identity: { uid: bench.slot.uid } });
});

test('the records are asked once about a protected chip, before its protection ends the run', async () => {
  bench = await OpenBench.on('f103cb+rdp1');
  const asked: (string | null)[] = [];
  const identified = async ({ flashObr }: Identity) => void asked.push(flashObr);
  const result = await bench.run({ recipe: recipeOf(PLAIN) }, { identified });
  expect(result).toMatchObject({ outcome: 'FAIL', reason: 'read-protected' });
  expect(asked).toEqual(['0x03fffffe']);
});
