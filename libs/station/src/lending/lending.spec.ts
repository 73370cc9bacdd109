import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OpenBench } from '../testing/open-bench.ts';
import type { Loan } from './loan.ts';
import { PURPOSES, type Purpose } from './purposes.ts';

let bench: OpenBench;
beforeEach(async () => {
  bench = await OpenBench.on('f103c4');
});
afterEach(() => bench.close());

const ALL = Object.keys(PURPOSES) as Purpose[];

/** Borrows the slot until the returned function is called. */
async function hold(purpose: Purpose): Promise<() => Promise<void>> {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let begun = (): void => undefined;
  const began = new Promise<void>((resolve) => (begun = resolve));
  const held = bench.slot.borrow(purpose, async () => {
    begun();
    await ended;
  });
  await began;
  return async () => {
    end();
    await held;
  };
}

const firmwareOf = async (loan: Loan): Promise<string> => (await loan.link()).firmware;

test.each(ALL)(
  'a slot shows the state of %s while it has the link, and its own state afterwards',
  async (purpose) => {
    const giveBack = await hold(purpose);
    expect(bench.slot.state).toBe(PURPOSES[purpose].shows ?? 'ready');
    await giveBack();
    expect(bench.slot.state).toBe('ready');
  },
);

test.each(ALL)(
  'who watches the bench hears when %s takes a ready slot and when it gives it back',
  async (purpose) => {
    const told: string[] = [];
    bench.bench.onChange(({ slot }) => told.push(slot.state));
    await bench.slot.borrow(purpose, firmwareOf);
    const { shows } = PURPOSES[purpose];
    expect(told).toEqual(shows ? [shows, 'ready'] : []);
  },
);

test.each([
  ['look', 'run', 'waits'],
  ['look', 'identify', 'waits'],
  ['look', 'look', 'waits'],
  ['run', 'run', 'Slot 1 is busy with a run.'],
  ['run', 'identify', 'Slot 1 is busy with a run.'],
  ['run', 'look', 'Slot 1 is busy with a run.'],
  ['identify', 'run', 'Slot 1 is busy with an identification.'],
  ['identify', 'identify', 'Slot 1 is busy with an identification.'],
  ['identify', 'look', 'Slot 1 is busy with an identification.'],
] as const)('while %s has the link, %s is answered: %s', async (holder, asks, answer) => {
  const giveBack = await hold(holder);
  const order: string[] = [];
  const asked = bench.slot
    .borrow(asks, async () => order.push('worked'))
    .then(
      () => 'waits',
      ({ code, message }: { code: string; message: string }) =>
        code === 'station.slot_busy' ? message : code,
    );
  if (answer !== 'waits') expect(await asked).toBe(answer);
  order.push('given back');
  await giveBack();
  expect(await asked).toBe(answer);
  expect(order).toEqual(answer === 'waits' ? ['given back', 'worked'] : ['given back']);
});

test('of two that wait for a look, the first gets the link and the second is refused', async () => {
  const giveBack = await hold('look');
  let end = (): void => undefined;
  const first = bench.slot.borrow('identify', () => new Promise<void>((resolve) => (end = resolve)));
  const second = bench.slot.borrow('run', firmwareOf);
  await giveBack();
  await expect(second).rejects.toMatchObject({ code: 'station.slot_busy' });
  end();
  await first;
  expect(bench.slot.state).toBe('ready');
});

test('a slot that is looked at by nobody else is left alone by the bench while it is borrowed', async () => {
  const giveBack = await hold('run');
  await bench.bench.look();
  expect(bench.slot.state).toBe('running');
  await giveBack();
});

test.each(ALL)('%s that throws gives the link back, closed', async (purpose) => {
  let kept: Loan | null = null;
  const failing = bench.slot.borrow(purpose, async (loan) => {
    kept = loan;
    await loan.link();
    throw new Error('the work failed');
  });
  await expect(failing).rejects.toThrow('the work failed');
  await expect(kept!.link()).rejects.toThrow('was given back');
  // The probe opens for one at a time.
  expect(await bench.slot.borrow('identify', firmwareOf)).toMatch(/^V2/);
});

test.each(ALL)('%s whose probe is pulled in the middle gives the slot back', async (purpose) => {
  const pulled = bench.slot.borrow(purpose, async (loan) => {
    const link = await loan.link();
    await bench.socket.unplugProbe();
    return link.targetVoltage();
  });
  await expect(pulled).rejects.toMatchObject({ name: 'ProbeError' });
  await bench.bench.look();
  expect(bench.slot.state).toBe('no-probe');
  await bench.socket.plugProbe();
  await bench.bench.look();
  expect(await bench.slot.borrow(purpose, firmwareOf)).toMatch(/^V2/);
});

test('a run that a person aborts gives the link back', async () => {
  const stop = new AbortController();
  const { slot } = bench;
  const sink = { step: async () => stop.abort() };
  const result = await bench.run({}, sink, stop.signal);
  expect(result).toMatchObject({ outcome: 'ABORTED', reason: 'cancelled' });
  expect(slot.state).toBe('done');
  expect(await slot.borrow('run', firmwareOf)).toMatch(/^V2/);
});

test('a run whose end cannot be stored gives the link back', async () => {
  const full = async (): Promise<void> => Promise.reject(new Error('the disk is full'));
  await expect(bench.run({}, { ended: full })).rejects.toThrow('the disk is full');
  expect(await bench.slot.borrow('identify', firmwareOf)).toMatch(/^V2/);
});

test('the probe is free while the end of a run is stored', async () => {
  let opened = '';
  await bench.run(
    {},
    {
      ended: async () => {
        const [device] = await bench.virtual.bus.devices();
        await device!.open();
        opened = device!.portPath;
        await device!.close();
      },
    },
  );
  expect(opened).toBe(bench.slot.portPath);
});

test('a slot that is identified after its run shows that somebody is at it, and its result again afterwards', async () => {
  await bench.run({ serial: 'SN-1' });
  const shown: unknown[] = [];
  bench.bench.onChange(({ slot: { state, run } }) => shown.push([state, run?.outcome ?? null]));
  await bench.slot.identify();
  expect(shown).toEqual([
    ['running', null],
    ['done', 'PASS'],
  ]);
});

test.each([
  ['station.slot_disabled', 'is disabled while', () => bench.slot.disable()],
  ['station.no_probe', 'loses its probe while', () => bench.slot.plugged(null)],
])('a borrower is answered %s where the slot %s it waits', async (code, _what, act) => {
  const giveBack = await hold('look');
  const waits = bench.slot.borrow('run', firmwareOf);
  act();
  await giveBack();
  await expect(waits).rejects.toMatchObject({ code });
});

test('a link that could not be opened is tried again by the same borrower', async () => {
  await bench.socket.fault({ kind: 'silent-replies', count: 1_000_000 });
  const version = await bench.slot.borrow('identify', async (loan) => {
    await expect(loan.link()).rejects.toMatchObject({ name: 'ProbeError' });
    await bench.socket.clearFaults();
    return firmwareOf(loan);
  });
  expect(version).toMatch(/^V2/);
});

test('no source of the station opens a link but the loan', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const opening = sources.filter((name) => /\/open-link\.ts'/.test(readFileSync(join(root, name), 'utf8')));
  expect(sources.length).toBeGreaterThan(50);
  expect(opening).toEqual(['lending/loan.ts']);
});
