import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StationProcess } from './running-station.ts';

jest.setTimeout(180_000);

const CLI = fileURLToPath(new URL('../apps/cli/bin/boardwalk.mjs', import.meta.url));

let data: string;
let station: StationProcess;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'boardwalk-filters-'));
  station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: 'f103c8+empty' });
  await station.start();
});
afterAll(async () => {
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

/** Exit code and words of a command, through the station of the data folder or from its file. */
async function boardwalk(...args: string[]): Promise<readonly [code: number | null, error: string]> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, BOARDWALK_DATA: data },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let error = '';
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  return [code, error];
}

test.each([
  ['report', 'yield', '--group-by', 'weather'],
  ['report', 'clones', '--from', 'yesterday'],
  ['report', 'recall', '--recipe-revision', 'first'],
  ['report', 'shift-ledger', '--group-by', 'lot'],
])(
  'a wrong filter is wrong usage, in the same words from a station and from its file: %s %s',
  async (...args) => {
    const asked = await boardwalk(...args);
    expect(asked).toEqual([3, expect.stringContaining('The request is not valid: /')]);
    expect(await boardwalk(...args, '--file', join(data, 'boardwalk.db'))).toEqual(asked);
  },
);

test('a report has the options of the filters that it knows, and no others', async () => {
  expect(await boardwalk('report', 'shift-ledger', '--lot', 'B7')).toEqual([
    3,
    expect.stringContaining("unknown option '--lot'"),
  ]);
});
