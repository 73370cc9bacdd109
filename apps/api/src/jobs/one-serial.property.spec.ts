import { jest } from '@jest/globals';
import fc from 'fast-check';
import { FixtureOfSlots } from '../testing/fixture-of-slots.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { brokenRules } from '../testing/one-serial-rules.ts';

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
      .tuple(chip, fc.constantFrom('same-board', 'replaced', 'accept', 'reject', 'refuse', 'duplicate-uid'))
      .map(([c, d]) => named(`decide ${c} ${d}`, (f) => f.decide(c, d))),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(order, fc.constantFrom('accept', 'reject', 'refuse'))
      .map(([o, d]) => named(`decide lot of ${o} ${d}`, (f) => f.decideLot(`lot-${o}`, d))),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(chip, fc.constantFrom('golden', 'bad', 'repair'))
      .map(([c, mark]) => named(`mark ${c} ${mark}`, (f) => f.mark(c, mark))),
  },
);

async function openLedger(): Promise<LedgerBench> {
  const ledger = await new LedgerBench().open();
  for (const [name, quantity] of Object.entries(ORDERS)) {
    await ledger.recipe({ name, onRecordDoubt: name as 'hold' });
    await ledger.order({ id: name, recipe: { name }, quantity, lot: `lot-${name}` });
  }
  return ledger;
}

async function check(ledger: LedgerBench): Promise<void> {
  expect(await brokenRules((sql) => ledger.database.$queryRawUnsafe(sql))).toEqual([]);
  const atWork = await ledger.database.run.findMany({ where: { outcome: null } });
  const heldAtWork = await ledger.database.board.count({
    where: { state: 'held', reference: null, number: { in: atWork.flatMap(({ board }) => board ?? []) } },
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
