import { jest } from '@jest/globals';
import { ScanFate } from '@boardwalk/contracts';
import fc from 'fast-check';
import { ScanBench } from '../testing/scan-bench.ts';
import { until } from '../testing/until.ts';

jest.setTimeout(300_000);

const SEED = 20261126;
const SLOTS = ['1', '2', '3'];

type Act =
  | { readonly kind: 'scan'; readonly code: string }
  | { readonly kind: 'insert'; readonly slot: string }
  | { readonly kind: 'remove'; readonly slot: string }
  | { readonly kind: 'wait' }
  | { readonly kind: 'restart' };

const serials = Array.from({ length: 6 }, (_, index) => `SN000${index}`);
const commands = [
  '%BW-AGAIN',
  '%BW-SKIP',
  '%BW-UNDO',
  '%BW-RUN-ALL',
  '%BW-SLOT-1',
  '%BW-SLOT-3',
  '%BW-LOT-B1',
  '%BW-NO',
];
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...serials).map((code) => ({ kind: 'scan' as const, code })) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(...commands, 'wo-1', 'WO-1', 'x')
      .map((code) => ({ kind: 'scan' as const, code })),
  },
  { weight: 4, arbitrary: fc.constantFrom(...SLOTS).map((slot) => ({ kind: 'insert' as const, slot })) },
  { weight: 3, arbitrary: fc.constantFrom(...SLOTS).map((slot) => ({ kind: 'remove' as const, slot })) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'wait' as const }, { kind: 'restart' as const }) },
);
const [acts] = fc.sample(fc.array(act, { minLength: 45, maxLength: 45 }), { seed: SEED, numRuns: 1 });

const count = (bench: ScanBench, sql: string): number => bench.station.rows<{ n: number }>(sql)[0]!.n;

async function perform(bench: ScanBench, step: Act): Promise<void> {
  if (step.kind === 'scan') await bench.scan(step.code);
  else if (step.kind === 'wait') bench.station.aheadMs += 61_000;
  else if (step.kind === 'restart') {
    await bench.station.close();
    await bench.station.open();
  } else {
    // A socket that is full, or a run at work there: the hand leaves it.
    const { board, state } = await bench.slot(step.slot);
    if (state === 'running' || (step.kind === 'insert') === (board !== null)) return;
    await (step.kind === 'insert' ? bench.insert(step.slot) : bench.remove(step.slot));
  }
}

/** Codes of boards that were sent: serials, and what the station did not know. */
function isBoardCode({ code }: { code: string }): boolean {
  return serials.includes(code) || code === 'x' || code === 'wo-1';
}

test(`codes scanned are started, waiting, held, refused, expired or cancelled, whatever happens (seed ${SEED})`, async () => {
  const bench = await new ScanBench(['-', '-', '-']).open();
  try {
    await bench.recipes('app');
    await bench.order('WO-1', { quantity: 4 });
    await bench.scan('WO-1');
    let sent = 0;
    for (const step of acts!) {
      await perform(bench, step);
      if (step.kind === 'scan' && isBoardCode(step)) sent += 1;
      const fates = bench.log().flatMap(({ fate }) => (fate === null ? [] : [fate]));
      expect(fates.every((fate) => ScanFate.safeParse(fate).success)).toBe(true);
      expect([step, fates.length]).toEqual([step, sent]);
    }
    await until(
      async () => bench.station.rows(`SELECT "slot" FROM "Lease" WHERE "runId" <> ''`),
      (leases) => leases.length === 0,
    );
    // What the view says agrees with the tables that it does not count.
    const counts = new Map<string, number>();
    for (const { fate } of bench.log()) if (fate !== null) counts.set(fate, (counts.get(fate) ?? 0) + 1);
    const scanned = `"id" IN (SELECT "unitId" FROM "Scan")`;
    expect(counts.get('started') ?? 0).toBe(
      count(bench, `SELECT COUNT(*) n FROM "JobUnit" WHERE ${scanned} AND "runId" IS NOT NULL`),
    );
    const asked = count(bench, `SELECT COUNT(*) n FROM "ScanChoice" WHERE "asks" = 'slot'`);
    const waits = `SELECT COUNT(*) n FROM "JobUnit" WHERE ${scanned} AND "state" = 'queued'`;
    expect((counts.get('waiting') ?? 0) + (counts.get('held') ?? 0)).toBe(count(bench, waits) + asked);
    // And no board of the order is one too many, and no serial is on two chips.
    expect(count(bench, `SELECT "passed" n FROM "WorkOrder"`)).toBeLessThanOrEqual(4);
    expect(
      bench.station.rows(
        `SELECT "serial" FROM "Run" WHERE "serial" IS NOT NULL GROUP BY "serial" HAVING COUNT(DISTINCT "uid") > 1`,
      ),
    ).toEqual([]);
  } finally {
    await bench.close();
  }
});
