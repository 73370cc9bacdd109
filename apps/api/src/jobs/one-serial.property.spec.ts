import { jest } from '@jest/globals';
import fc from 'fast-check';
import { FixtureOfSlots } from '../testing/fixture-of-slots.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';

jest.setTimeout(600_000);

const SEED = Number(process.env['BOARDWALK_CLAIM_SEED'] ?? Date.now() % 2 ** 31);
const LIVES = Number(process.env['BOARDWALK_CLAIM_RUNS'] ?? 5);
const ACTS = 60;

const SLOTS = ['1', '2', '3', '4', '5', '6', '7', '8'];
const CHIPS = Array.from({ length: 14 }, (_, index) => `066fff48535188508717${4700 + index}`);
const SERIALS = Array.from({ length: 12 }, (_, index) => `SN${index + 1}`);
/** Work orders by what their recipe does about a doubt, and their quantities. */
const ORDERS = { hold: 6, refuse: 3, accept: 5 } as const;

type Act = (fixture: FixtureOfSlots) => Promise<void>;
interface Named {
  readonly says: string;
  readonly act: Act;
}

const slot = fc.constantFrom(...SLOTS);
const chip = fc.constantFrom(...CHIPS);
const serial = fc.constantFrom(...SERIALS);
const order = fc.constantFrom('hold', 'refuse', 'accept');
const again = fc.constantFrom(undefined, undefined, 'tested again');
const named = (says: string, act: (fixture: FixtureOfSlots) => Promise<void> | void): Named => ({
  says,
  act: async (fixture) => act(fixture),
});

/** Everything that happens at a bench. A new act is one line here. */
const acts: fc.Arbitrary<Named> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(slot, chip).map(([s, c]) => named(`insert ${s} ${c}`, (f) => f.insert(s, c))),
  },
  { weight: 2, arbitrary: slot.map((s) => named(`remove ${s}`, (f) => f.remove(s))) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(slot, order, serial, again)
      .map(([s, o, n, a]) =>
        named(`scan ${n} for ${s} in ${o}${a ? ' again' : ''}`, (f) => f.scan(s, o, n, a)),
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(order, fc.uniqueArray(serial, { minLength: 1, maxLength: 3 }), again)
      .map(([workOrder, of, a]) =>
        named(`job ${of.join()} in ${workOrder}${a ? ' again' : ''}`, (f) =>
          f.post({ workOrder, units: of.map((n) => ({ serial: n, again: a })) }),
        ),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(order, fc.integer({ min: 1, max: 5 }))
      .map(([workOrder, count]) =>
        named(`job of ${count} in ${workOrder}`, (f) => f.post({ workOrder, count })),
      ),
  },
  {
    weight: 8,
    arbitrary: fc
      .tuple(slot, fc.boolean())
      .map(([s, blind]) => named(`work ${s}${blind ? ' blind' : ''}`, (f) => f.work(s, blind))),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(slot, fc.constantFrom('PASS' as const, 'PASS' as const, 'FAIL' as const, 'ERROR' as const))
      .map(([s, outcome]) => named(`end ${s} ${outcome}`, (f) => f.end(s, outcome))),
  },
  {
    weight: 8,
    arbitrary: fc.tuple(slot, order, serial, again, chip).map(([s, o, n, a, c]) =>
      named(`scan ${n} for ${s} in ${o}${a ? ' again' : ''}, then ${c} is put in`, async (f) => {
        await f.scan(s, o, n, a);
        await f.remove(s);
        f.insert(s, c);
        await f.work(s, false);
      }),
    ),
  },
  { weight: 1, arbitrary: fc.constant(named('crash', (f) => f.crash())) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(chip, fc.constantFrom('same-board', 'replaced', 'accept', 'reject', 'refuse'))
      .map(([c, d]) => named(`decide ${c} ${d}`, (f) => f.decide(c, d))),
  },
);

async function openLedger(): Promise<LedgerBench> {
  const ledger = await new LedgerBench().open();
  for (const [name, quantity] of Object.entries(ORDERS)) {
    await ledger.recipe({ name, onRecordDoubt: name as 'hold' });
    await ledger.order({ id: name, recipe: { name }, quantity });
  }
  return ledger;
}

/** Pairs of serial and chip that ran, but for those that the recipe which accepts, or a person, let in. */
async function pairs(ledger: LedgerBench): Promise<{ serial: string; uid: string }[]> {
  return ledger.database.$queryRaw`
    SELECT DISTINCT r."serial", r."uid" FROM "Run" r
    WHERE r."serial" IS NOT NULL AND r."uid" IS NOT NULL AND (r."outcome" IS NULL OR r."outcome" <> 'ABORTED')
      AND NOT EXISTS (SELECT 1 FROM "RecordFinding" f JOIN "Run" a ON a."id" = f."runId" AND a."recipeName" = 'accept'
        WHERE f."policy" = 'accept' AND f."serial" = r."serial" AND f."uid" = r."uid")
      AND NOT EXISTS (SELECT 1 FROM "Decision" d WHERE d."serial" = r."serial" AND d."uid" = r."uid")`;
}

const doubles = (values: readonly (string | null)[]): (string | null)[] =>
  values.filter((value, index) => value !== null && values.indexOf(value) !== index);

async function check(ledger: LedgerBench): Promise<void> {
  const unexplained = await pairs(ledger);
  expect(doubles(unexplained.map(({ serial: one }) => one))).toEqual([]);
  expect(doubles(unexplained.map(({ uid }) => uid))).toEqual([]);
  const atWork = await ledger.database.run.findMany({ where: { outcome: null } });
  expect(doubles(atWork.map((run) => run.serial))).toEqual([]);
  expect(doubles(atWork.map(({ uid }) => uid))).toEqual([]);
  expect(doubles(atWork.map((run) => run.slot))).toEqual([]);
  const open = await ledger.database.jobUnit.findMany({ where: { state: { in: ['queued', 'running'] } } });
  expect(doubles(open.map((unit) => unit.serial))).toEqual([]);
  for (const { id, quantity, passed } of await ledger.database.workOrder.findMany()) {
    const boards = await ledger.database.orderBoard.count({
      where: { workOrder: id, lastOutcome: 'PASS', counts: true },
    });
    expect([id, passed]).toEqual([id, boards]);
    expect(passed).toBeLessThanOrEqual(quantity);
  }
  const heldAtWork = await ledger.database.board.count({
    where: { state: 'held', number: { in: atWork.flatMap(({ board }) => board ?? []) } },
  });
  expect(heldAtWork).toBe(0);
}

test(`whatever happens in which order: one serial, one chip; one chip, one serial; and no order with a board too many (seed ${SEED})`, async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: ACTS, maxLength: ACTS }), async (drawn) => {
      const ledger = await openLedger();
      try {
        const fixture = new FixtureOfSlots(ledger, SLOTS);
        SLOTS.forEach((name, index) => fixture.insert(name, CHIPS[index]!));
        for (const { says, act } of drawn) {
          await act(fixture);
          await check(ledger).catch((cause: unknown) => {
            throw new Error(`after "${says}": ${(cause as Error).message}`, { cause });
          });
        }
        runs += await ledger.database.run.count();
      } finally {
        await ledger.close();
      }
    }),
    { seed: SEED, numRuns: LIVES, endOnFailure: true, reporter: report },
  );
  console.log(`${LIVES} lives with ${runs} runs, seed ${SEED}.`);
  expect(runs).toBeGreaterThan(LIVES * 5);
});

/** The acts by their words: what a person reads when one life went wrong. */
function report(details: fc.RunDetails<[Named[]]>): void {
  if (!details.failed) return;
  const acted = details.counterexample?.[0].map(({ says }) => says).join('\n') ?? '';
  throw new Error(`Seed ${details.seed}, path ${details.counterexamplePath}:\n${acted}`, {
    cause: details.errorInstance,
  });
}
