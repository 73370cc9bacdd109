import { jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { WorkingBench } from '../testing/working-bench.ts';

jest.setTimeout(600_000);

const SLOTS = Array.from({ length: 24 }, (_, index) => String(index + 1));
/** What the image of the ledger's bench is. */
const IMAGE = Buffer.alloc(512, 1);
const FLASH_BASE = 0x08000000;

let ledger: LedgerBench;
let floor: WorkingBench;
beforeEach(async () => {
  ledger = await new LedgerBench().open();
  floor = await WorkingBench.open(
    ledger,
    SLOTS.map(() => 'f103c8'),
  );
});
afterEach(async () => {
  await floor.close();
  await ledger.close();
});

/** An order, and a job that would run every board that comes; all slots begin at once. Ends with the last run. */
async function work(quantity: number): Promise<void> {
  await ledger.recipe({ name: 'app' });
  await ledger.order({ id: 'WO', recipe: { name: 'app' }, quantity });
  const closed = new Promise<void>((resolve) =>
    ledger.events.onEvent(({ type }) => type === 'work-order.changed' && resolve()),
  );
  await ledger.post({ workOrder: 'WO', count: 500 });
  floor.start();
  await closed;
  await floor.idle();
}

const holdsImage = async (slot: string): Promise<boolean> => {
  const flash = await floor.socket(slot).flash();
  return IMAGE.equals(flash!.subarray(0, IMAGE.length));
};
const flashHash = async (slot: string): Promise<string> =>
  createHash('sha256')
    .update((await floor.socket(slot).flash())!)
    .digest('hex');

/** The run events of the order in the order of their commits: how many passed, and how many were at work. */
async function tally(): Promise<{ passed: number; atWork: number }[]> {
  const rows = await ledger.database.event.findMany({
    where: { type: { in: ['run.started', 'run.completed'] } },
    orderBy: { id: 'asc' },
  });
  let [passed, atWork] = [0, 0];
  return rows.map(({ type, data }) => {
    atWork += type === 'run.started' ? 1 : -1;
    if (type === 'run.completed' && (JSON.parse(data!) as { outcome: string }).outcome === 'PASS')
      passed += 1;
    return { passed, atWork };
  });
}

test('24 slots race for an order of 30 while every third board fails: 30 pass, at no time one more could, and it closes', async () => {
  const fail = (slot: string) =>
    floor.socket(slot).fault({ kind: 'flash-wrong-bit', address: FLASH_BASE + 64, bit: 5 });
  let inserted = 0;
  const next = async (slot: string): Promise<void> => {
    inserted += 1;
    if (inserted % 3 === 0) await fail(slot);
  };
  await Promise.all(SLOTS.map(next));
  let programmed = 0;
  const changing = new Map<string, Promise<void>>();
  floor.bench.onChange(({ slot: { name, state } }) => {
    if (state !== 'done' || changing.has(name)) return;
    const change = async (): Promise<void> => {
      if (await holdsImage(name)) programmed += 1;
      const socket = floor.socket(name);
      await socket.remove();
      await Promise.all([socket.insert('f103c8'), next(name)]);
    };
    changing.set(
      name,
      change().finally(() => changing.delete(name)),
    );
  });
  await work(30);
  await Promise.all(changing.values());

  const order = await ledger.orders.get('WO');
  expect(order).toMatchObject({ state: 'completed', passed: 30, running: 0 });
  const runs = await ledger.database.run.findMany({ where: { workOrder: 'WO' } });
  const passed = runs.filter(({ outcome }) => outcome === 'PASS');
  expect(passed).toHaveLength(30);
  expect(new Set(passed.map(({ uid }) => uid)).size).toBe(30);
  expect(runs.filter(({ outcome }) => outcome === 'FAIL').length).toBeGreaterThan(SLOTS.length / 3);
  const moments = await tally();
  expect(moments).toHaveLength(2 * runs.length);
  expect(Math.max(...moments.map(({ passed, atWork }) => passed + atWork))).toBe(30);
  // The boards themselves: what was taken out with the image in it is what passed; what is left was not begun.
  expect(programmed).toBe(30);
  expect(await Promise.all(SLOTS.map(holdsImage))).not.toContain(true);
  const job = (await ledger.database.job.findMany())[0]!;
  expect([job.state, job.reason]).toEqual(['aborted', 'All 30 boards passed.']);
});

test('24 boards are ready for an order of one: one passes, and the flash of the other 23 is what it was', async () => {
  const before = await Promise.all(SLOTS.map(flashHash));
  await work(1);
  const runs = await ledger.database.run.findMany();
  expect(runs.map(({ outcome }) => outcome)).toEqual(['PASS']);
  const after = await Promise.all(SLOTS.map(flashHash));
  const changed = SLOTS.filter((_, index) => after[index] !== before[index]);
  expect(changed).toEqual([runs[0]!.slot]);
  expect((await ledger.orders.get('WO')).state).toBe('completed');
});
