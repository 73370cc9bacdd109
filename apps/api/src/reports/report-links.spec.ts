import { jest } from '@jest/globals';
import type { Run, Share } from '@boardwalk/contracts';
import type { ReportFrame, YieldReport, YieldRow } from '@boardwalk/reports';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenedStation } from '../testing/opened-station.ts';
import { tellDoubts } from '../testing/told-doubts.ts';
import { toldHistory, writeHistory } from '../testing/told-history.ts';

jest.setTimeout(240_000);

const SEED = Number(process.env['BOARDWALK_REPORT_SEED'] ?? 20261127);
const SHIFTS = [
  { name: 'day', start: '06:00', end: '18:00' },
  { name: 'night', start: '18:00', end: '02:00' },
];
let station: OpenedStation;
beforeAll(async () => {
  console.log(`BOARDWALK_REPORT_SEED=${SEED}`);
  const data = mkdtempSync(join(tmpdir(), 'boardwalk-reports-'));
  writeHistory(join(data, 'boardwalk.db'), toldHistory({ runs: 60, seed: SEED, apart: 1500 }));
  tellDoubts(join(data, 'boardwalk.db'));
  station = await new OpenedStation(data, { BOARDWALK_TIME_ZONE: 'Europe/Berlin' }).open();
  await station.json('PUT', '/station/shifts', SHIFTS);
  station.execute('UPDATE "ShiftPlan" SET "since" = \'2026-01-01T00:00:00.000Z\'');
});
afterAll(() => station.remove());

type Answer = YieldReport & ReportFrame;
const yieldOf = (query: string) => station.json<Answer>('GET', `/reports/yield?${query}`);

/** The rows that a link shows, over all its pages. */
async function rowsAt(link: string): Promise<number> {
  let [path, count]: [string | null, number] = [link.slice('/api/v1'.length), 0];
  while (path !== null) {
    const separator: string = path.includes('?') ? '&' : '?';
    const page: { data: Run[]; nextCursor: string | null } = await station.json(
      'GET',
      `${path}${separator}limit=500`,
    );
    count += page.data.length;
    path = page.nextCursor === null ? null : `${link.slice('/api/v1'.length)}&cursor=${page.nextCursor}`;
  }
  return count;
}

const counted = (value: number | Share | { count: number }): number =>
  typeof value === 'number' ? value : value.count;

async function followAll(row: YieldRow, where: string): Promise<void> {
  for (const [name, link] of Object.entries(row.links)) {
    const value = name === 'failed' ? row.passedOnRetest.of : counted(row[name as 'boards']);
    expect([where, row.key, name, await rowsAt(link)]).toEqual([where, row.key, name, value]);
  }
}

const WINDOWS = [
  '',
  '&from=2026-10-25&to=2026-10-25',
  '&slot=3&operator=',
  '&shift=night&from=2026-10-24&to=2026-10-26',
];

test.each(['recipe', 'lot', 'slot', 'shift', 'day'])(
  'every number of the yield by %s links to exactly the rows that it counts',
  async (groupBy) => {
    for (const window of groupBy === 'recipe' ? WINDOWS : WINDOWS.slice(0, 2)) {
      const query = `groupBy=${groupBy}${window}`;
      const { rows, total, links } = await yieldOf(query);
      for (const row of [...rows.slice(0, 2), total]) await followAll(row, query);
      expect(await rowsAt(links.rows)).toBe(total.runs + total.aborted);
      expect(rows.reduce((sum, { boards }) => sum + boards, 0)).toBe(total.boards);
    }
  },
);

/** A row of any report: numbers, each with the list that it counts. */
type AnyRow = Readonly<Record<string, unknown>> & { readonly links: Readonly<Record<string, string>> };
interface AnyAnswer {
  readonly rows: readonly AnyRow[];
  readonly total: AnyRow;
}

test.each(['failures', 'slots', 'recall', 'cycle-time', 'control'])(
  'every number of the %s report links to exactly the rows that it counts',
  async (name) => {
    const { rows, total } = await station.json<AnyAnswer>('GET', `/reports/${name}`);
    expect(rows.length).toBeGreaterThan(1);
    for (const row of [...rows.slice(0, 3), total])
      for (const [number, link] of Object.entries(row.links)) {
        const value = row[number] as number | Share | undefined;
        if (value !== undefined)
          expect([name, link, await rowsAt(link)]).toEqual([name, link, counted(value)]);
      }
  },
);

test.each(['lot', 'supplier', 'workOrder', 'recipe', 'day'])(
  'every number of the clones report by %s links to exactly the boards that it counts',
  async (groupBy) => {
    for (const window of ['', '&from=2026-10-25&to=2026-10-25', '&lot=L1&slot=3']) {
      const query = `groupBy=${groupBy}${window}`;
      const { rows, total, links } = await station.json<AnyAnswer & ReportFrame>(
        'GET',
        `/reports/clones?${query}`,
      );
      for (const row of [...rows.slice(0, 3), total])
        for (const [number, link] of Object.entries(row.links)) {
          const value = row[number === 'rows' ? 'boards' : number] as number | Share;
          expect([query, link, await rowsAt(link)]).toEqual([query, link, counted(value)]);
        }
      expect(await rowsAt(links.rows)).toBe(total['boards']);
    }
  },
);

test('step times have their n, and the bench its pace', async () => {
  const { rows, total } = await station.json<AnyAnswer>('GET', '/reports/cycle-time?groupBy=slot');
  expect(new Set(rows.map(({ step }) => step))).toEqual(new Set(['program', 'verify']));
  expect(total).toMatchObject({ programmingMedianS: 20, sitesNeeded: expect.any(Number) as number });
});

test('a recall by image, revision and probe finds the boards, and counts runs without a unique id', async () => {
  station.execute('UPDATE "Run" SET "uid" = NULL, "serial" = NULL WHERE "sequence" = 5');
  const [run] = (await station.json<{ data: Run[] }>('GET', '/runs?limit=1')).data;
  const filters = `image=${run!.imageSha256}&recipeRevision=${run!.recipe.revision}&probe=${run!.probeSerial}`;
  const { rows, total } = await station.json<AnyAnswer>('GET', `/reports/recall?${filters}`);
  expect(rows.map(({ board }) => board)).toContain(run!.board);
  expect(total['known']).toBe(rows.length);
  const all = await station.json<AnyAnswer>('GET', '/reports/recall');
  expect(all.total['unknown']).toBe(await rowsAt(all.total.links['unknown']!));
});

test('a night in which the clock is set back is one shift, and the time of no shift is named', async () => {
  const { rows, timeZone } = await yieldOf('groupBy=shift');
  expect(timeZone).toBe('Europe/Berlin');
  const keys = rows.map(({ key }) => key);
  expect(keys).toContain('2026-10-24 night');
  expect(keys).toContain('2026-10-25 no shift');
});

test('the same question at the same event has the same bytes, and the place of the record', async () => {
  const [one, other] = [await yieldOf('groupBy=slot'), await yieldOf('groupBy=slot')];
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  expect(one.asOf).toBeGreaterThanOrEqual(60);
  expect(one.generation).toMatch(/^gen_/);
});

test('for a spreadsheet the table has a byte order mark, keys of digits as text and a column for each outcome', async () => {
  const answer = await station.call('GET', '/api/v1/reports/yield?groupBy=slot&for=excel');
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="yield.csv"');
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = bytes.subarray(3).toString();
  expect(text.split('\r\n')[0]).toContain('outcomes.PASS,outcomes.FAIL');
  expect(text).toContain('"=""1"""');
  const runs = await station.call('GET', '/api/v1/runs?for=excel&limit=3');
  expect(await runs.text()).toContain('"=""001');
});

test('shifts that overlap, a window without a date for a shift and a group that is none are refused', async () => {
  const overlap = [SHIFTS[0], { name: 'long', start: '05:00', end: '06:01' }];
  for (const [method, path, body] of [
    ['PUT', '/station/shifts', overlap],
    ['PUT', '/station/shifts', [SHIFTS[0], SHIFTS[0]]],
    ['PUT', '/station/shifts', [{ name: 'x', start: '24:00', end: '01:00' }]],
    ['GET', '/runs?shift=night', undefined],
    ['GET', '/reports/yield?groupBy=weather', undefined],
    ['GET', '/reports/yield?from=2026-13-01', undefined],
  ] as const)
    expect([path, (await station.call(method, `/api/v1${path}`, body)).status]).toEqual([path, 400]);
  expect(await station.json('GET', '/station/shifts')).toMatchObject({
    shifts: SHIFTS,
    timeZone: 'Europe/Berlin',
  });
});
