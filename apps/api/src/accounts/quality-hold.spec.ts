import { jest } from '@jest/globals';
import { Role, type Image, type Job, type Problem } from '@boardwalk/contracts';
import { accountOn } from '../testing/account-on.ts';
import { OpenedStation } from '../testing/opened-station.ts';

jest.setTimeout(60_000);

let station: OpenedStation;
let image: string;
const tokens = {} as Record<Role, string>;
beforeEach(async () => {
  station = await new OpenedStation().open();
  for (const role of Role.options) tokens[role] = await accountOn(station.file, `one-${role}`, role);
  station.actAs(tokens.admin);
  const upload = await station.call('POST', '/api/v1/images?name=a.bin&raw=true', new Uint8Array(64).fill(7));
  ({ id: image } = (await upload.json()) as Image);
});
afterEach(() => station.remove());

const act = async (role: Role, path: string): Promise<string> => {
  const answer = await station.call('POST', `/api/v1${path}`, undefined, { token: tokens[role] });
  const told = (await answer.json()) as { state?: string } & Partial<Problem>;
  return told.state ?? `${answer.status} ${told.code}`;
};

test('what quality held, a job or an order, is released by quality or an admin alone', async () => {
  await station.json('POST', '/recipes', { name: 'app', image });
  await station.json('POST', '/work-orders', { id: 'WO-1', recipe: { name: 'app' }, quantity: 2 });
  const { id } = await station.json<Job>('POST', '/jobs', { image, count: 1 });
  for (const [path, open] of [
    [`/jobs/${id}`, 'queued'],
    ['/work-orders/WO-1', 'open'],
  ] as const)
    for (const releases of ['quality', 'admin'] as const) {
      expect(await act('quality', `${path}/hold`)).toBe('held');
      for (const role of ['engineer', 'mes'] as const)
        expect([path, role, await act(role, `${path}/release`)]).toEqual([path, role, '403 forbidden']);
      expect([path, await act(releases, `${path}/release`)]).toEqual([path, open]);
    }
});

test('what another role held is released by any role that steers, also after a hold of quality', async () => {
  const { id } = await station.json<Job>('POST', '/jobs', { image, count: 1 });
  await act('quality', `/jobs/${id}/hold`);
  await act('quality', `/jobs/${id}/release`);
  for (const holds of ['engineer', 'mes', 'admin'] as const)
    for (const releases of ['engineer', 'mes'] as const) {
      expect(await act(holds, `/jobs/${id}/hold`)).toBe('held');
      expect(await act(releases, `/jobs/${id}/release`)).toBe('queued');
    }
});

test('firmware is downloaded by those who make and judge it; others see what it is', async () => {
  for (const role of Role.options) {
    const call = (path: string) => station.call('GET', path, undefined, { token: tokens[role] });
    const allowed = ['engineer', 'quality', 'admin'].includes(role);
    expect([role, (await call(`/api/v1/images/${image}`)).status]).toEqual([role, 200]);
    expect([role, (await call(`/api/v1/images/${image}/file`)).status]).toEqual([role, allowed ? 200 : 403]);
  }
});
