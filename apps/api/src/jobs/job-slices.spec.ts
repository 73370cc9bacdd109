import { jest } from '@jest/globals';
import { CreateJob } from '@boardwalk/contracts';
import { PAGE_ITEMS } from '../persistence/pages.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { listen, type Sent } from '../testing/statements.ts';

jest.setTimeout(120_000);

const UNITS = 10_000;

/** The longest list that a statement is given as JSON. */
function itemsOf({ values }: Sent): number {
  const lists = values.filter((value) => typeof value === 'string' && value.startsWith('['));
  return Math.max(0, ...lists.map((list) => (JSON.parse(list as string) as unknown[]).length));
}

test('a job of 10,000 units is one transaction and one answer, in statements of bounded work with turns of the event loop', async () => {
  const ledger = await new LedgerBench().open();
  try {
    await ledger.recipe({ name: 'app' });
    const units = Array.from({ length: UNITS }, (_, index) => ({ serial: `SN-${index}` }));
    const body = CreateJob.parse({ recipe: { name: 'app' }, units });
    let turns = 0;
    let stored = false;
    const count = (): void => {
      turns += 1;
      if (!stored) setImmediate(count);
    };
    setImmediate(count);
    const sent: (Sent & { readonly turn: number })[] = [];
    const work = async () => {
      const { job } = await ledger.door.accept(body);
      expect(job.counts.requested).toBe(UNITS);
    };
    await listen(work, (one) => sent.push({ ...one, turn: turns }));
    stored = true;
    expect(sent.filter(({ sql }) => sql === 'BEGIN')).toHaveLength(1);
    expect(sent.filter(({ sql }) => sql === 'COMMIT')).toHaveLength(1);
    expect(sent.filter((one) => itemsOf(one) > PAGE_ITEMS).map(({ sql }) => sql)).toEqual([]);
    const pages = sent.filter(({ sql }) => sql.startsWith('INSERT INTO "JobUnit"'));
    expect(pages).toHaveLength(UNITS / PAGE_ITEMS);
    // What the transaction changed is read in parts ahead of the commit, each in a turn of its own.
    const parts = sent.filter(({ sql }) => /FROM "Touched".* LIMIT/.test(sql)).map(({ turn }) => turn);
    expect(parts.length).toBeGreaterThanOrEqual(UNITS / PAGE_ITEMS);
    expect(new Set(parts).size).toBe(parts.length);
    expect(await ledger.database.jobUnit.count()).toBe(UNITS);
  } finally {
    await ledger.close();
  }
});
