import { jest } from '@jest/globals';
import type { Job, Problem, StationEvent, StationStatus } from '@boardwalk/contracts';
import { join } from 'node:path';
import { canMount, SmallDisk } from '../testing/small-disk.ts';
import { StorageBench } from '../testing/storage-bench.ts';
import { StorageWatch } from './storage-watch.ts';

jest.setTimeout(120_000);

const bench = new StorageBench();
let disk: SmallDisk | null = null;
afterEach(async () => {
  await bench.remove();
  disk?.remove();
  disk = null;
});

const onSmallDisk = canMount() ? test : test.skip;

onSmallDisk(
  'when the disk runs full, jobs are stored or refused, none is half there, and it goes on by itself',
  async () => {
    disk = new SmallDisk(24);
    const image = await bench.openOn(join(disk.folder, 'var'), { BOARDWALK_LEAST_FREE_MIB: '0' });
    disk.fill();
    const accepted: string[] = [];
    const units = Array.from({ length: 300 }, (_, index) => ({ serial: `SN${index}` }));
    let refused: Response;
    do {
      refused = await bench.post(image, { count: undefined, units });
      if (refused.status === 201) accepted.push(((await refused.json()) as Job).id);
    } while (refused.status === 201 && accepted.length < 10_000);
    expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([503, 'disk-full']);
    expect(bench.jobIds()).toEqual(accepted.sort());
    disk.free();
    await bench.readiness(200);
    expect((await bench.post(image)).status).toBe(201);
    expect(bench.jobIds()).toHaveLength(accepted.length + 1);
    expect(bench.chainIsWhole()).toBe(true);
  },
);

onSmallDisk(
  'before the disk is full the station takes no work and begins no run; what waited runs afterwards',
  async () => {
    disk = new SmallDisk(24);
    const settings = { BOARDWALK_LEAST_FREE_MIB: '4', BOARDWALK_VIRTUAL_BOARDS: 'f103cb' };
    const image = await bench.openOn(join(disk.folder, 'var'), settings);
    const { id } = (await (await bench.post(image, { hold: true })).json()) as Job;
    disk.fill(2 * 1024 * 1024);
    expect(await bench.readiness(503)).toEqual([expect.stringMatching(/disk of the data folder is full/)]);
    expect(((await (await bench.post(image)).json()) as Problem).code).toBe('disk-full');
    await bench.station.json('POST', `/jobs/${id}/release`);
    // Two readings of the board take longer than a run takes to begin.
    for (const _turn of [1, 2]) await bench.station.json('POST', '/slots/1/identify');
    expect(bench.station.rows('SELECT "id" FROM "Run"')).toEqual([]);
    disk.free();
    await bench.readiness(200);
    await bench.completed(id);
    expect(bench.jobIds()).toEqual([id]);
  },
);

onSmallDisk(
  'when the disk runs full under load every job that was acknowledged is there, and no other',
  async () => {
    disk = new SmallDisk(24);
    const image = await bench.openOn(join(disk.folder, 'var'), { BOARDWALK_LEAST_FREE_MIB: '0' });
    // A serial waits once: each request has its own.
    const unitsOf = (key: string) =>
      Array.from({ length: 100 }, (_, index) => ({ serial: `SN-${key}-${index}` }));
    const accepted: string[] = [];
    const refused: string[] = [];
    const send = (key: string) =>
      bench.station.call(
        'POST',
        '/api/v1/jobs',
        { image, units: unitsOf(key) },
        { headers: { 'idempotency-key': key } },
      );
    const line = async (name: number): Promise<void> => {
      for (let number = 0; ; number += 1) {
        const key = `${name}-${number}`;
        const answer = await send(key);
        const body = (await answer.json()) as { id: string; code: string; retryable: boolean };
        if (answer.status !== 201) {
          expect([answer.status, body.code, body.retryable]).toEqual([503, 'disk-full', true]);
          refused.push(key);
          return;
        }
        accepted.push(body.id);
        if (accepted.length === 40) disk!.fill();
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, name) => line(name)));
    expect(refused).toHaveLength(16);
    expect(bench.jobIds()).toEqual(accepted.sort());
    expect(bench.station.rows('SELECT 1 FROM "JobUnit"')).toHaveLength(100 * accepted.length);
    disk.free();
    await bench.readiness(200);
    // The keys of what was refused are free: each is stored now, once.
    for (const key of [...refused, ...refused]) expect((await send(key)).status).toBe(201);
    expect(bench.jobIds()).toHaveLength(accepted.length + refused.length);
    expect(bench.chainIsWhole()).toBe(true);
  },
);

onSmallDisk(
  'a data folder that becomes read-only while the station works is said everywhere, and it goes on afterwards',
  async () => {
    disk = new SmallDisk(24);
    const image = await bench.openOn(join(disk.folder, 'var'), { BOARDWALK_LEAST_FREE_MIB: '0' });
    disk.makeReadOnly();
    expect(await bench.readiness(503)).toEqual([
      expect.stringMatching(/data folder cannot be written.*writable/),
    ]);
    const refused = await bench.post(image);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.json()).toMatchObject({ code: 'data-read-only', retryable: true });
    expect(await bench.station.json<StationStatus>('GET', '/station')).toMatchObject({ ready: false });
    disk.makeWritable();
    await bench.readiness(200);
    expect((await bench.post(image)).status).toBe(201);
    const { data: events } = await bench.station.json<{ data: StationEvent[] }>('GET', '/events');
    const said = events.flatMap(({ type, data }) => (type === 'station.changed' ? [data.ready] : []));
    expect(said).toEqual([false, true]);
    expect(bench.chainIsWhole()).toBe(true);
  },
);

onSmallDisk('a data folder that became read-only is named', async () => {
  disk = new SmallDisk(1, ',ro');
  const watch = new StorageWatch();
  watch.watch(disk.folder, 0, async () => undefined);
  await watch.look();
  watch.close();
  expect(watch.problems).toMatchObject([{ code: 'data-read-only' }]);
});
