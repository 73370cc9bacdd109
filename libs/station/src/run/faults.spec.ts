import { DEFAULT_STEPS, type RunReason } from '@boardwalk/contracts';
import { FAULT_TABLE, type End, type FaultCase } from '../testing/fault-table.ts';
import { OpenBench } from '../testing/open-bench.ts';

/** A small chip: what is tested is the same, and its core has less to hash. */
const BOARD = 'f103c4';

/** A run for each step, on a machine that does other things too. */
const LONG_MS = 300_000;

async function endWith({ fault }: FaultCase, at: number): Promise<End> {
  const bench = await OpenBench.on(BOARD);
  try {
    const { outcome, reason, steps } = await bench.run(
      {},
      {
        step: async ({ index, state }) => {
          if (index === at && state === 'running') await bench.socket.fault(fault);
        },
      },
    );
    const counted = steps.some(({ measurements }) => measurements.some(({ name }) => /Retries$/.test(name)));
    return { outcome, reason: reason as RunReason | null, counted };
  } finally {
    await bench.close();
  }
}

const casesOf = (kind: 'once' | 'forGood') =>
  Object.entries(FAULT_TABLE).flatMap(([name, row]) => (row[kind] ? [[name, row[kind]] as const] : []));

const inWords = (ends: readonly End[]): string[] =>
  ends.map(({ outcome, reason, counted }, index) =>
    [`${index} ${DEFAULT_STEPS[index]}:`, outcome, reason ?? '', counted ? 'counted' : ''].join(' ').trim(),
  );

async function expectEnds(row: FaultCase): Promise<void> {
  const ends = [];
  for (const index of DEFAULT_STEPS.keys()) ends.push(await endWith(row, index));
  expect(inWords(ends)).toEqual(inWords(ends.map((_, index) => row.end(index))));
}

test.each(casesOf('once'))(
  '%s once, at any step, is no bad board, and what was tried again is counted',
  (_name, row) => expectEnds(row),
  LONG_MS,
);

test.each(casesOf('forGood'))(
  '%s for good, from any step on, is booked where it belongs',
  (_name, row) => expectEnds(row),
  LONG_MS,
);
