import { jest } from '@jest/globals';
import { claimBench, benchHolder } from '@boardwalk/station';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

jest.setTimeout(240_000);

const BOARDWALK = fileURLToPath(new URL('../apps/cli/bin/boardwalk.mjs', import.meta.url));

let data: string;
let serving: ChildProcess | null = null;
beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'boardwalk-serve-'))));
afterEach(async () => {
  if (serving && serving.exitCode === null && serving.signalCode === null) {
    serving.kill('SIGKILL');
    await once(serving, 'exit');
  }
  rmSync(data, { recursive: true, force: true });
});

/** `boardwalk serve`, once it said its URL. */
async function serve(): Promise<ChildProcess> {
  const env = {
    ...{ ...process.env, BOARDWALK_DATA: data, BOARDWALK_PORT: '0', BOARDWALK_LOG: 'silent' },
    ...{ BOARDWALK_BENCH: 'virtual', BOARDWALK_VIRTUAL_BOARDS: 'f103cb' },
  };
  const child = spawn(process.execPath, [BOARDWALK, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    if (/http:\S+#token=/.test(printed)) return child;
  }
  throw new Error(`boardwalk serve ended: ${printed}`);
}

test.each([
  ['SIGTERM', 0],
  ['SIGINT', 0],
  ['SIGKILL', null],
] as const)('%s to boardwalk serve frees the bench', async (signal, code) => {
  serving = await serve();
  expect(benchHolder(data)).toMatchObject({ pid: serving.pid, what: 'the station' });
  expect(() => claimBench(data, { what: 'flash', url: null })).toThrow(/held by the station/);
  const ended = once(serving, 'exit');
  serving.kill(signal);
  expect((await ended)[0]).toBe(code);
  expect(benchHolder(data)).toBeNull();
  claimBench(data, { what: 'flash', url: null }).release();
});
