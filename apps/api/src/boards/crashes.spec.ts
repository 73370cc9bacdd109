import { jest } from '@jest/globals';
import type { Outcome } from '@boardwalk/contracts';
import fc from 'fast-check';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Claim } from '../jobs/claims.ts';
import { ProblemException } from '../problems/problems.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { recount } from './recount.ts';

jest.setTimeout(300_000);

const SEED = 20261126;
const chip = (index: number): string => `066fff4853518850871747${index.toString(16).padStart(2, '0')}`;

const act = fc.record({
  slot: fc.constantFrom('1', '2', '3'),
  uid: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
  serial: fc.option(fc.constantFrom('SN1', 'SN2', 'SN3'), { nil: null }),
  reads: fc.boolean(),
  outcome: fc.constantFrom<Outcome>('PASS', 'FAIL', 'ERROR', 'ABORTED'),
  then: fc.constantFrom('end', 'end', 'end', 'stay', 'crash', 'golden'),
});
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

class Shift {
  readonly #folder = mkdtempSync(join(tmpdir(), 'boardwalk-crashes-'));
  readonly #open = new Map<string, { claim: Claim; outcome: Outcome }>();
  ledger = new LedgerBench({}, this.#folder);

  async begin(): Promise<void> {
    await this.ledger.open();
    await this.ledger.recipe({ name: 'app', onRecordDoubt: 'accept' });
    await this.ledger.order({ id: 'WO', recipe: { name: 'app' }, quantity: 100 });
  }

  async act({ slot, uid, serial, reads, outcome, then }: Act): Promise<void> {
    const { ledger } = this;
    const earlier = this.#open.get(slot);
    if (earlier) await this.#end(slot);
    const units = [{ slot, again: 'drawn', ...(serial === null ? {} : { serial }) }];
    if (!(await this.#posted(units))) return;
    const known = uid === null || reads ? null : chip(uid);
    const claim = await ledger.claim(slot, known);
    if (!claim) return;
    if (uid !== null) await ledger.identified(claim, chip(uid));
    this.#open.set(slot, { claim, outcome });
    if (then === 'end') await this.#end(slot);
    if (then === 'crash') await this.#crash();
    if (then === 'golden' && uid !== null) await this.#mark(chip(uid));
  }

  /** A serial that runs elsewhere is refused. */
  async #posted(units: { slot: string; again: string; serial?: string }[]): Promise<boolean> {
    try {
      await this.ledger.post({ workOrder: 'WO', units });
      return true;
    } catch (cause) {
      if (cause instanceof ProblemException) return false;
      throw cause;
    }
  }

  async #end(slot: string): Promise<void> {
    const { claim, outcome } = this.#open.get(slot)!;
    this.#open.delete(slot);
    await this.ledger.end(claim, outcome);
  }

  /** The process is gone with what was on; the next one names it. */
  async #crash(): Promise<void> {
    this.#open.clear();
    await this.ledger.database.close();
    this.ledger = new LedgerBench({}, this.#folder);
    await this.ledger.oldRuns.begin();
    await this.ledger.ledger.recover();
  }

  async #mark(uid: string): Promise<void> {
    await this.ledger.database.commit(async (transaction) => {
      const { number, reference } = await transaction.board.findUniqueOrThrow({ where: { uid } });
      const data = { reference: reference === null ? 'golden' : null };
      await transaction.board.update({ where: { number }, data });
      await this.ledger.boards.recount(transaction, number);
    });
  }
}

async function kept({ database }: LedgerBench) {
  return {
    boards: await database.board.findMany({ orderBy: { number: 'asc' } }),
    attempts: await database.boardAttempts.findMany({ orderBy: [{ board: 'asc' }, { recipe: 'asc' }] }),
    inOrder: await database.orderBoard.findMany({ orderBy: { board: 'asc' } }),
    runs: await database.run.findMany({
      orderBy: { sequence: 'asc' },
      select: { board: true, attempt: true },
    }),
    passed: (await database.workOrder.findUniqueOrThrow({ where: { id: 'WO' } })).passed,
  };
}

test('what is kept of boards and orders after crashes, merges and marks is what a count from the runs gives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 12, maxLength: 14 }), async (acts) => {
      const shift = new Shift();
      await shift.begin();
      for (const one of acts) await shift.act(one);
      const { ledger } = shift;
      const before = await kept(ledger);
      for (const { number } of before.boards)
        await ledger.database.commit((transaction) => recount(transaction, number));
      expect(await kept(ledger)).toEqual(before);
      const passed = before.inOrder.filter(({ lastOutcome, counts }) => lastOutcome === 'PASS' && counts);
      expect(before.passed).toBe(passed.length);
      const uids = before.boards.flatMap(({ uid }) => uid ?? []);
      expect(new Set(uids).size).toBe(uids.length);
      await ledger.close();
    }),
    { seed: SEED, numRuns: Number(process.env['BOARDWALK_CRASHES'] ?? 4), endOnFailure: true },
  );
});
