import { jest } from '@jest/globals';
import type { AuditRow, Job, StationEvent } from '@boardwalk/contracts';
import type { YieldReport } from '@boardwalk/reports';
import { OpenedStation } from '../testing/opened-station.ts';
import { until } from '../testing/until.ts';

jest.setTimeout(60_000);

let station: OpenedStation;

beforeAll(async () => {
  station = await new OpenedStation(undefined, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb,cks32' }).open();
  const bytes = new Uint8Array(600).fill(7);
  const { id: image } = await station.json<{ id: string }>('POST', '/images?name=a.bin&raw=true', bytes);
  const steps = [
    'connect',
    { step: 'identify', onDiffers: 'reject' },
    ...['erase', 'program', 'reset', 'verify', 'reset'],
  ];
  await station.json('POST', '/recipes', { name: 'strict', image, steps });
  for (const recipe of ['strict', null]) {
    const what = recipe ? { recipe: { name: recipe } } : { image };
    const job = { ...what, units: [{ slot: '1' }, { slot: '2' }], clientRef: '=1+1' };
    const { id } = await station.json<Job>('POST', '/jobs', job);
    await until(
      () => station.json<Job>('GET', `/jobs/${id}`),
      ({ state }) => state === 'completed',
    );
  }
});
afterAll(() => station.remove());

const asTable = (path: string) =>
  station.call('GET', `/api/v1${path}`, undefined, { headers: { accept: 'text/csv' } });

/** RFC 4180, read by its own rules: lines end by CRLF, quoted cells may hold everything. */
async function rowsOf(answer: Response): Promise<string[][]> {
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(answer.headers.get('vary')).toMatch(/Accept/);
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/y;
  const text = await answer.text();
  const rows: string[][] = [[]];
  while (cell.lastIndex < text.length) {
    const [, value, end] = cell.exec(text)!;
    rows.at(-1)!.push(value!.startsWith('"') ? value!.slice(1, -1).replaceAll('""', '"') : value!);
    if (end === '\r\n') rows.push([]);
  }
  expect(rows.pop()).toEqual([]);
  return rows;
}

test('the yield is a table: a row for each recipe and one for all, each share with its n and interval', async () => {
  const report = await station.json<YieldReport>('GET', '/reports/yield');
  const [head, ...rows] = await rowsOf(await asTable('/reports/yield'));
  expect(head).toEqual([
    ...['recipe', 'boards', 'runs'],
    ...['firstPass', 'firstPassWithoutStationErrors', 'lastPass', 'runYield'].flatMap((name) =>
      ['count', 'of', 'share', 'low', 'high'].map((part) => `${name}.${part}`),
    ),
    ...['outcomes', 'key', 'aborted', 'stationErrors'],
    ...['secondPass', 'thirdPass', 'passedOnRetest'].flatMap((name) =>
      ['count', 'of', 'share', 'low', 'high'].map((part) => `${name}.${part}`),
    ),
    ...['retestLoad.count', 'retestLoad.of', 'retestLoad.share'],
  ]);
  expect(rows.map(([recipe]) => recipe)).toEqual(['flash-verify-reset', 'strict', 'all']);
  const strict = report.rows[1]!;
  const { count, of, share, low, high } = strict.firstPass;
  expect(rows[1]!.slice(0, 8)).toEqual(
    ['strict', 2, 2, count, of, share, low, high].map((value) => String(value)),
  );
  expect(JSON.parse(rows[1]![head!.indexOf('outcomes')]!)).toEqual(strict.outcomes);
  expect(await rowsOf(await asTable('/reports/yield?recipe=strict'))).toHaveLength(3);
});

test('the events are a table in their order, what they tell as JSON, and go on by their link', async () => {
  const { data } = await station.json<{ data: StationEvent[] }>('GET', '/events?limit=1000');
  let link: string | undefined = '/events?limit=7';
  const rows: string[][] = [];
  while (link) {
    const answer = await asTable(link);
    link = /<\/api\/v1(.*)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
    const [head, ...page] = await rowsOf(answer);
    expect(head).toEqual(['id', 'at', 'type', 'data']);
    expect(page.length).toBeLessThanOrEqual(7);
    rows.push(...page);
  }
  const told = rows.map(([id, at, type, json]) => ({
    id: Number(id),
    at,
    type,
    data: JSON.parse(json!) as unknown,
  }));
  expect(told.slice(0, data.length)).toEqual(data);
  expect(data.length).toBeGreaterThan(14);
});

test('the audit is a table: who, why, the old value and the new one as JSON, filtered as asked', async () => {
  const { data } = await station.json<{ data: AuditRow[] }>('GET', '/audit?type=job.changed&limit=1000');
  const [head, ...rows] = await rowsOf(await asTable('/audit?type=job.changed&limit=1000'));
  expect(head!.slice(0, 9)).toEqual([
    ...['id', 'at', 'type', 'subject', 'actor', 'role', 'reason', 'oldValue', 'newValue'],
  ]);
  expect(rows.map(([id]) => Number(id))).toEqual(data.map(({ id }) => id));
  expect(rows.map((row) => JSON.parse(row[8]!) as unknown)).toEqual(data.map(({ newValue }) => newValue));
  expect((await asTable('/audit?limit=2')).headers.get('link')).toMatch(
    /^<\/api\/v1\/audit\?limit=2&after=2&generation=gen_[0-9a-f]+>; rel="next"$/,
  );
});

test('whoever does not ask for a table gets JSON', async () => {
  for (const path of ['/reports/yield', '/events', '/audit']) {
    const answer = await station.call('GET', `/api/v1${path}`);
    expect([path, answer.headers.get('content-type')]).toEqual([path, 'application/json; charset=utf-8']);
  }
});
