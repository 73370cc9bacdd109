import { jest } from '@jest/globals';
import type { Board, Job, Run } from '@boardwalk/contracts';
import type { ReportFrame, YieldReport } from '@boardwalk/reports';
import Sqlite from 'better-sqlite3';
import { OpenedStation } from '../testing/opened-station.ts';
import { until } from '../testing/until.ts';

jest.setTimeout(120_000);

let station: OpenedStation;
/** The run that the record says was of a real bench, and its board. */
let real: Run;

/** Three runs on a virtual bench, of which one is then made real, as if the folder had been on both. */
beforeAll(async () => {
  station = await new OpenedStation(undefined, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb,f103c8,cks32' }).open();
  const { id: image } = await station.json<{ id: string }>(
    'POST',
    '/images?name=a.bin&raw=true',
    new Uint8Array(600).fill(7),
  );
  const { id } = await station.json<Job>('POST', '/jobs', { image, count: 3 });
  const job = () => station.json<Job>('GET', `/jobs/${id}`);
  await until(job, ({ state }) => state === 'completed');
  real = (await runs()).data[1]!;
});
afterAll(() => station.remove());

async function asked<Answer>(path: string): Promise<Answer & { left: string | null }> {
  const answer = await station.call('GET', `/api/v1${path}`);
  expect([path, answer.status]).toEqual([path, 200]);
  const body = (await answer.json()) as Answer;
  return { ...body, left: answer.headers.get('boardwalk-virtual-runs') };
}
const runs = (query = '') => asked<{ data: Run[] }>(`/runs${query}`);
const boards = (query = '') => asked<{ data: Board[] }>(`/boards${query}`);
const report = (query = '') => asked<YieldReport & ReportFrame>(`/reports/yield${query}`);

test('on a virtual bench lists and reports show what is virtual', async () => {
  const [all, allBoards, yields] = [await runs(), await boards(), await report()];
  expect([all.data.length, all.left]).toEqual([3, null]);
  expect([allBoards.data.length, allBoards.left]).toEqual([3, null]);
  expect([yields.total.runs, yields.virtualRuns]).toEqual([3, 0]);
  expect(await runs('?virtual=false')).toMatchObject({ data: [], left: '3' });
});

describe('on a USB bench', () => {
  beforeAll(async () => {
    const { data, file } = station;
    await station.close();
    const database = new Sqlite(file);
    database.prepare('UPDATE "Run" SET "virtual" = 0 WHERE "id" = ?').run(real.id);
    database.close();
    station = await new OpenedStation(data, { BOARDWALK_BENCH: 'usb' }).open();
  });

  test('lists leave out virtual runs and their boards, and say how many runs', async () => {
    const [shown, shownBoards] = [await runs(), await boards()];
    expect([shown.data.map(({ id }) => id), shown.left]).toEqual([[real.id], '2']);
    expect([shownBoards.data.map(({ number }) => number), shownBoards.left]).toEqual([[real.board], '2']);
  });

  test('a query may ask for them, alone or with the others', async () => {
    const [virtual, all] = [await runs('?virtual=true'), await runs('?virtual=all&slot=1')];
    expect([virtual.data.map((run) => run.virtual), virtual.left]).toEqual([[true, true], null]);
    expect(all.data.map(({ slot }) => slot)).toEqual(['1']);
    expect((await boards('?virtual=true')).data.map(({ number }) => number)).not.toContain(real.board);
    expect((await boards('?virtual=all')).data).toHaveLength(3);
  });

  test('a filter is about the runs that are shown', async () => {
    expect((await runs(`?slot=${real.slot}`)).data).toHaveLength(1);
    expect((await runs(`?uid=${real.identity!.uid}`)).data).toHaveLength(1);
    const other = real.slot === '1' ? '2' : '1';
    expect((await runs(`?slot=${other}`)).data).toEqual([]);
    expect((await boards(`?slot=${other}`)).data).toEqual([]);
  });

  test('a report counts the virtual runs that it left out of its window', async () => {
    const yields = await report();
    expect([yields.total.runs, yields.total.boards, yields.virtualRuns]).toEqual([1, 1, 2]);
    expect(await report('?virtual=all')).toMatchObject({ total: { runs: 3 }, virtualRuns: 0 });
    expect(await report('?virtual=true')).toMatchObject({ total: { runs: 2 }, virtualRuns: 0 });
    expect(await report('?to=2020-01-01T00:00:00Z')).toMatchObject({ total: { runs: 0 }, virtualRuns: 0 });
  });

  test('what is named is found, and a word that is none is refused', async () => {
    const [virtual] = (await runs('?virtual=true')).data;
    expect(await asked<Run>(`/runs/${virtual!.id}`)).toMatchObject({ id: virtual!.id, virtual: true });
    expect(await asked<{ data: Run[] }>(`/boards/${virtual!.board}`)).toMatchObject({
      data: [{ virtual: true }],
    });
    expect((await station.call('GET', '/api/v1/runs?virtual=yes')).status).toBe(400);
  });
});
