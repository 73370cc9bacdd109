import { jest } from '@jest/globals';
import type { Image, Job, ScanResult } from '@boardwalk/contracts';
import { readFileSync } from 'node:fs';
import { accountOn } from '../testing/account-on.ts';
import { GUESSES_ALLOWED } from '../jobs/badge-desk.ts';
import { OpenedStation } from '../testing/opened-station.ts';

jest.setTimeout(60_000);

const BADGE = 'OP-004711';

let station: OpenedStation;
beforeEach(async () => {
  station = await new OpenedStation().open();
  const upload = await station.call('POST', '/api/v1/images?name=a.bin&raw=true', Uint8Array.of(1, 2, 3, 4));
  const { id: image } = (await upload.json()) as Image;
  for (const name of ['blinky', 'blower']) await station.json('POST', '/recipes', { name, image });
});
afterEach(() => station.remove());

const scan = async (code: string, token = station.token): Promise<ScanResult> => {
  const answer = await station.call('POST', '/api/v1/scans', { code }, { token });
  expect(answer.status).toBe(200);
  return (await answer.json()) as ScanResult;
};
const jobs = async () => (await station.json<{ data: Job[] }>('GET', '/jobs')).data;

test('a badge is no board: it starts nothing, and its code stands neither in the answer nor in any file', async () => {
  await accountOn(station.file, 'olga', 'operator', { badge: BADGE });
  await scan('blinky');
  for (const code of [BADGE, ` ${BADGE} `]) {
    const answer = await scan(code);
    expect(answer).toEqual({
      meaning: 'badge',
      value: 'badge',
      message: 'This is a badge; no board was started.',
      jobId: null,
      slot: null,
    });
  }
  expect(await jobs()).toEqual([]);
  await station.close();
  for (const file of [station.file, `${station.file}-wal`]) {
    let bytes = '';
    try {
      bytes = readFileSync(file, 'latin1');
    } catch (cause) {
      expect((cause as NodeJS.ErrnoException).code).toBe('ENOENT');
    }
    expect(bytes).not.toContain(BADGE);
  }
});

test('a badge that reads like a recipe is a badge all the same', async () => {
  await accountOn(station.file, 'olga', 'operator', { badge: 'blinky' });
  expect(await scan('blinky')).toMatchObject({ meaning: 'badge', value: 'badge' });
});

test('badges cannot be tried out: past the limit a badge and any other code have one answer, and work goes on', async () => {
  const olga = await accountOn(station.file, 'olga', 'operator', { badge: BADGE });
  const omar = await accountOn(station.file, 'omar', 'operator');
  await Promise.all(
    Array.from({ length: GUESSES_ALLOWED }, async (_, guess) =>
      expect(await scan(`guess-${guess}`, omar)).toMatchObject({ meaning: 'unknown' }),
    ),
  );
  const miss = await scan('OP-004712', omar);
  const hit = await scan(BADGE, omar);
  expect(miss.meaning).toBe('unknown');
  expect(JSON.stringify(hit).replaceAll(BADGE, '')).toBe(JSON.stringify(miss).replaceAll('OP-004712', ''));
  expect(await scan('blinky', omar)).toMatchObject({ meaning: 'recipe' });
  expect(await scan('LBL-1', omar)).toMatchObject({ meaning: 'serial', jobId: expect.any(String) as string });
  expect(await scan(BADGE, olga)).toMatchObject({ meaning: 'badge' });
});

test('codes that have a meaning are no guesses: a badge is still known after many of them', async () => {
  const olga = await accountOn(station.file, 'olga', 'operator', { badge: BADGE });
  for (let turn = 0; turn < GUESSES_ALLOWED / 2 + 1; turn += 1)
    for (const code of ['blinky', '%BW-SLOT-1']) expect((await scan(code, olga)).meaning).not.toBe('unknown');
  expect(await scan(BADGE, olga)).toMatchObject({ meaning: 'badge' });
});

test('what one operator chose is not what another makes', async () => {
  const olga = await accountOn(station.file, 'olga', 'operator');
  const omar = await accountOn(station.file, 'omar', 'operator');
  expect(await scan('blinky', olga)).toMatchObject({ meaning: 'recipe' });
  expect(await scan('%BW-SLOT-1', olga)).toMatchObject({ meaning: 'slot' });
  expect(await scan('LBL-1', omar)).toMatchObject({ meaning: 'unknown', jobId: null });
  expect(await scan('blower', omar)).toMatchObject({ meaning: 'recipe' });
  expect(await scan('LBL-2', omar)).toMatchObject({ meaning: 'serial', slot: '1' });
  // The one slot is kept for that board until it is left out.
  expect(await scan('%BW-SKIP', omar)).toMatchObject({ meaning: 'command' });
  expect(await scan('LBL-3', olga)).toMatchObject({ meaning: 'serial', slot: '1' });
  expect((await jobs()).map(({ recipe }) => recipe.name).sort()).toEqual(['blinky', 'blower']);
});
