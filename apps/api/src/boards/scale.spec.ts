import { jest } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { History } from '../testing/history.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { growingWork, statementsOf } from '../testing/statements.ts';
import { recount } from './recount.ts';

jest.setTimeout(3_600_000);

/** `BOARDWALK_SCALE=1000000` measures what the acceptance asks for; figures are printed, plans are asserted. */
const RUNS = Number(process.env['BOARDWALK_SCALE'] ?? 5_000);
const CLAIMS = 33;
const FEW = 1_000;
/** The acceptance, measured by hand, allows 1.2; a busy machine's noise is more than that. */
const MOST_RATIO = 'BOARDWALK_SCALE' in process.env ? 1.2 : 1.5;

const chip = (index: number): string => `066c${index.toString(16).padStart(8, '0')}534975508711`;

async function benchWith(runs: number): Promise<LedgerBench> {
  const folder = mkdtempSync(join(tmpdir(), 'boardwalk-scale-'));
  new History(join(folder, 'boardwalk.db')).add(runs).place().close();
  const ledger = await new LedgerBench({}, folder).open();
  await ledger.recipe({ name: 'claimed' });
  return ledger;
}

/** One board's way: posted, claimed, identified, ended. @returns the time of the claim, ms */
async function oneBoard(ledger: LedgerBench, index: number): Promise<number> {
  await ledger.post({ recipe: { name: 'claimed' }, units: [{ slot: '1', serial: `C-${index}` }] });
  const begun = performance.now();
  const claim = (await ledger.claim('1', chip(index)))!;
  const took = performance.now() - begun;
  await ledger.identified(claim, chip(index));
  await ledger.end(claim, 'PASS');
  return took;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

let few: LedgerBench;
let many: LedgerBench;
beforeAll(async () => {
  few = await benchWith(FEW);
  many = await benchWith(RUNS);
});
afterAll(async () => {
  await few.close();
  await many.close();
});

test('a board’s way through the station asks SQLite the same at any size of the record, and never reads a whole table', async () => {
  const asked = [await statementsOf(() => oneBoard(few, 1)), await statementsOf(() => oneBoard(many, 1))];
  expect([...asked[1]!].sort()).toEqual([...asked[0]!].sort());
  const file = new Sqlite(many.file, { readonly: true });
  const growing = [...asked[1]!].flatMap((sql) =>
    growingWork(file, sql).map((detail) => `${detail}: ${sql}`),
  );
  file.close();
  expect(growing).toEqual([]);
});

test('a claim in a large record costs what it costs in a small one', async () => {
  const times: [number[], number[]] = [[], []];
  const ratios: number[] = [];
  // One after the other, so that whatever else the machine does slows both.
  for (let index = 2; index < CLAIMS; index += 1) {
    const [small, large] = [await oneBoard(few, index), await oneBoard(many, index)];
    times[0].push(small);
    times[1].push(large);
    ratios.push(large / small);
  }
  const [at, of] = [median(times[0]), median(times[1])];
  console.info(
    `claim: ${at.toFixed(1)} ms at ${FEW} runs, ${of.toFixed(1)} ms at ${RUNS} (${median(ratios).toFixed(2)})`,
  );
  expect(median(ratios)).toBeLessThan(MOST_RATIO);
});

test('what a large history keeps of its boards is what a count from the runs gives', async () => {
  const numbers = [1, 7, 99, 500];
  const read = () =>
    many.database.board.findMany({
      where: { number: { in: numbers } },
      select: {
        number: true,
        runs: true,
        attempts: true,
        passes: true,
        firstSequence: true,
        lastSequence: true,
      },
    });
  const before = await read();
  for (const number of numbers) await many.database.commit((transaction) => recount(transaction, number));
  expect(await read()).toEqual(before);
});
