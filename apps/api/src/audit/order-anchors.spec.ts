import { jest } from '@jest/globals';
import { ANCHOR_FILE, openToRead, readAnchors, verifyDatabase } from '@boardwalk/records';
import type { Image, WorkOrder } from '@boardwalk/contracts';
import { join } from 'node:path';
import { OpenedStation } from '../testing/opened-station.ts';
import { until } from '../testing/until.ts';

jest.setTimeout(120_000);

const station = new OpenedStation(undefined, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb,f103c8' });
beforeAll(() => station.open());
afterAll(() => station.remove());

const anchors = () => readAnchors(join(station.data, ANCHOR_FILE));

test('each order that has its boards leaves an anchor at once, beside the one of the day, and the record is held against all', async () => {
  expect(anchors()).toHaveLength(1);
  const image = await station.json<Image>('POST', '/images?name=a.bin&raw=true', new Uint8Array(64).fill(7));
  await station.json('POST', '/recipes', { name: 'app', image: image.id });
  for (const [index, slot] of ['1', '2'].entries()) {
    const id = `WO-${slot}`;
    await station.json('POST', '/work-orders', { id, recipe: { name: 'app' }, quantity: 1 });
    await station.json('POST', '/jobs', { workOrder: id, units: [{ slot }] });
    await until(
      () => Promise.resolve(anchors()),
      (lines) => lines.length === index + 2,
    );
    expect((await station.json<WorkOrder>('GET', `/work-orders/${id}`)).state).toBe('completed');
    const [event] = station.rows<{ id: number }>(
      `SELECT max("id") AS "id" FROM "Event" WHERE "subject" = 'work-order/${id}' AND "type" = 'work-order.changed'`,
    );
    expect(anchors().at(-1)!.id).toBeGreaterThanOrEqual(event!.id);
  }
  await station.close();
  const file = openToRead(station.file);
  expect(verifyDatabase(file, anchors())).toMatchObject({ ok: true, anchors: 3 });
  file.close();
});
