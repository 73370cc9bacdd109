import { jest } from '@jest/globals';
import type { Board, BoardReassessment, Problem, Run } from '@boardwalk/contracts';
import type { YieldReport } from '@boardwalk/reports';
import type { Outcome } from '@boardwalk/contracts';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountOn } from '../testing/account-on.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { OpenedStation } from '../testing/opened-station.ts';

jest.setTimeout(180_000);

const chip = (index: number): string => `066fff4853518850871747${index.toString(16).padStart(2, '0')}`;
/** A unique id that two boards have: a person said that it is a duplicate. */
const SHARED = chip(9);

let station: OpenedStation;
let folder: string;

interface Work {
  readonly uid?: string;
  readonly serial?: string;
  readonly outcome?: Outcome;
}

/** What the station finds in its data folder: runs of a few boards in an order, and some without. */
async function history(): Promise<void> {
  const ledger = await new LedgerBench({}, folder).open();
  await ledger.recipe({ name: 'app' });
  await ledger.order({ id: 'WO-1', recipe: { name: 'app' }, quantity: 9, lot: 'LOT-A' });
  const run = async ({ uid, serial, outcome = 'PASS' }: Work, workOrder?: string): Promise<void> => {
    const units = [{ slot: '1', ...(serial === undefined ? {} : { serial }) }];
    await ledger.post({ ...(workOrder === undefined ? { recipe: { name: 'app' } } : { workOrder }), units });
    const claim = (await ledger.claim('1', uid ?? null))!;
    if (uid !== undefined) await ledger.identified(claim, uid);
    await ledger.end(claim, outcome, outcome === 'FAIL' ? 'verify-mismatch' : null);
  };
  await run({ uid: chip(1), serial: 'SN1', outcome: 'FAIL' });
  await run({ uid: chip(1), serial: 'SN1' });
  await run({ uid: chip(2), serial: '1' });
  await run({ uid: chip(3) }, 'WO-1');
  await run({ outcome: 'FAIL' });
  await ledger.database.decision.create({
    data: {
      ...{
        sequence: 9_999_999,
        about: 'record',
        decision: 'duplicate-uid',
        reason: 'two of them',
        uid: SHARED,
      },
      ...{ decidedBy: 'quinn', role: 'quality', decidedAt: new Date().toISOString() },
    },
  });
  await run({ uid: SHARED, serial: 'SN8' });
  await run({ uid: SHARED, serial: 'SN9' });
  await ledger.database.close();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'boardwalk-routes-'));
  await history();
  station = await new OpenedStation(folder).open();
});
afterAll(() => station.remove());

const list = async (query: string): Promise<Board[]> =>
  (await station.json<{ data: Board[] }>('GET', `/boards${query}`)).data;
const life = (path: string) => station.json<{ board: Board; data: Run[] }>('GET', `/boards/${path}`);

test('the list shows a board once, the last seen first, and goes on by its cursor', async () => {
  const all = await list('');
  expect(all.map(({ serial }) => serial)).toEqual(['SN9', 'SN8', null, '1', 'SN1']);
  const first = await station.json<{ data: Board[]; nextCursor: string }>('GET', '/boards?limit=2');
  const rest = await list(`?cursor=${first.nextCursor}`);
  expect([...first.data, ...rest]).toEqual(all);
  expect(all.at(-1)).toMatchObject({
    id: chip(1),
    uid: chip(1),
    serials: ['SN1'],
    counts: { runs: 2, attempts: 2, passes: 1 },
    firstAttempt: { outcome: 'FAIL', recipe: 'app' },
    lastAttempt: { outcome: 'PASS' },
    state: 'free',
    held: null,
  });
});

test('a cursor of an earlier version is refused in a sentence', async () => {
  const old = Buffer.from(JSON.stringify(['2026-01-01T00:00:00.000Z', 'run_1'])).toString('base64url');
  for (const path of ['/boards', '/runs', '/jobs']) {
    const answer = await station.call('GET', `/api/v1${path}?cursor=${old}`);
    expect([answer.status, ((await answer.json()) as Problem).detail]).toEqual([
      400,
      expect.stringMatching(/without a cursor/),
    ]);
  }
});

test.each([
  ['?serial=SN1', ['SN1']],
  [`?uid=${chip(2)}`, ['1']],
  ['?workOrder=WO-1', [null]],
  ['?lot=LOT-A', [null]],
  ['?outcome=FAIL', []],
  ['?operator=nobody', []],
  ['?recipe=app&slot=1&verdict=consistent&limit=2', ['SN9', 'SN8']],
  ['?state=held', []],
  ['?to=2000-01-01T00:00:00Z', []],
])('GET /boards%s', async (query, serials) => {
  expect((await list(query)).map(({ serial }) => serial)).toEqual(serials);
});

test('a board is found by number, unique id and serial; where several fit, the answer names them', async () => {
  const { board, data } = await life('SN1');
  expect(data.map(({ outcome, attempt }) => [outcome, attempt])).toEqual([
    ['FAIL', 1],
    ['PASS', 2],
  ]);
  expect((await life(chip(1))).board).toEqual(board);
  expect((await life(`${board.number}?by=number`)).board).toEqual(board);
  for (const [id, count] of [
    ['1', 2],
    [SHARED, 2],
  ] as const) {
    const answer = await station.call('GET', `/api/v1/boards/${id}`);
    const problem = (await answer.json()) as Problem;
    expect([answer.status, problem.code, problem.errors?.length]).toEqual([409, 'ambiguous', count]);
  }
  expect((await life('1?by=serial')).board.uid).toBe(chip(2));
  expect((await station.call('GET', '/api/v1/boards/unheard-of')).status).toBe(404);
});

test('a reference board leaves every count, and comes back when the mark is taken away', async () => {
  const boards = async () => (await station.json<YieldReport>('GET', '/reports/yield')).total.boards;
  const before = await boards();
  const marked = await station.json<Board>('POST', `/boards/${chip(3)}/reference`, {
    kind: 'golden',
    note: 'week 12',
  });
  expect(marked).toMatchObject({
    reference: 'golden',
    referenceNote: 'week 12',
    counts: { runs: 1, attempts: 0 },
  });
  const row = () =>
    station.rows<{ reference: string | null; attempt: number | null; operator: string | null }>(
      `SELECT "reference", "attempt", "operator" FROM "board_log" WHERE "uid" = '${chip(3)}'`,
    )[0];
  expect(row()).toMatchObject({ reference: 'golden', attempt: null });
  expect(station.rows(`SELECT "passed" FROM "WorkOrder"`)).toEqual([{ passed: 0 }]);
  expect(await boards()).toBe(before - 1);
  await station.json('POST', `/boards/${chip(3)}/reference`, { kind: null });
  expect(row()).toMatchObject({ reference: null, attempt: 1 });
  expect(station.rows(`SELECT "passed" FROM "WorkOrder"`)).toEqual([{ passed: 1 }]);
  expect(await boards()).toBe(before);
});

test('the stored identities of a board are judged again, the newest first, and no run is changed', async () => {
  const before = station.rows(`SELECT "assessment" FROM "Run" ORDER BY "id"`);
  const answer = await station.json<BoardReassessment>('POST', '/boards/SN1/assess');
  expect(answer.modelVersion).toBeGreaterThanOrEqual(2);
  expect(answer.changed).toBe(answer.data.filter(({ changed }) => changed).length);
  for (const { run, was, now } of answer.data) {
    expect(run).toMatch(/^run_/);
    expect(was.verdict).toBe('consistent');
    expect(now.modelVersion).toBe(answer.modelVersion);
  }
  expect(answer.data.length).toBeGreaterThan(0);
  expect(station.rows(`SELECT "assessment" FROM "Run" ORDER BY "id"`)).toEqual(before);
});

test('a repair begins another life: it is recorded, and the next attempt is the first again', async () => {
  const repaired = await station.json<Board>('POST', `/boards/SN1/repair`, { reason: 'U3 soldered again' });
  expect(repaired).toMatchObject({ life: 2, counts: { attempts: 2 } });
  const audit = station.rows<{ type: string; actor: string }>(
    `SELECT "type", "actor" FROM "audit_log" WHERE "subject" = 'board/${repaired.number}'`,
  );
  expect(audit).toEqual([{ type: 'board.changed', actor: 'start-token' }]);
  expect(station.rows(`SELECT "reason", "decidedBy" FROM "Decision" WHERE "decision" = 'repaired'`)).toEqual([
    { reason: 'U3 soldered again', decidedBy: 'start-token' },
  ]);
});

test('reference boards are for quality, repairs for engineers too; an operator may do neither', async () => {
  const status = async (role: 'operator' | 'engineer' | 'quality', path: string): Promise<number> => {
    const token = await accountOn(station.file, `${role}-${path}`, role);
    const body = path === 'repair' ? { reason: 'R1' } : { kind: 'bad' };
    return (await station.call('POST', `/api/v1/boards/SN8/${path}`, body, { token })).status;
  };
  const asked = [];
  for (const role of ['operator', 'engineer', 'quality'] as const)
    asked.push([await status(role, 'reference'), await status(role, 'repair')]);
  expect(asked).toEqual([
    [403, 403],
    [403, 200],
    [200, 200],
  ]);
});

test('the station has an id of its own, said in the record once', () => {
  const rows = station.rows<{ new_value: string }>(
    `SELECT "new_value" FROM "audit_log" WHERE "type" = 'station.named'`,
  );
  expect(rows.map(({ new_value }) => JSON.parse(new_value) as unknown)).toEqual([
    {
      id: expect.stringMatching(/^stn_[0-9A-HJKMNP-TV-Z]{26}$/) as string,
      name: expect.any(String) as string,
    },
  ]);
});
