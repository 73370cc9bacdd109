import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchHeldError, benchHolder, claimBench } from './bench-claim.ts';

let data: string;
beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'bench-claim-'))));
afterEach(() => rmSync(data, { recursive: true, force: true }));

test('a bench held by a living process is refused, naming it and the way through it', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  writeFileSync(
    join(data, 'bench.lock'),
    JSON.stringify({ pid: other.pid, what: 'station', url: 'http://127.0.0.1:4800' }),
  );
  try {
    expect(() => claimBench(data, { what: 'flash', url: null })).toThrow(BenchHeldError);
    expect(benchHolder(data)).toMatchObject({ what: 'station', url: 'http://127.0.0.1:4800' });
  } finally {
    other.kill('SIGKILL');
    await once(other, 'exit');
  }
  claimBench(data, { what: 'flash', url: null }).release();
});

test('a claim left by a process that is gone, or torn by a crash, does not block the bench', () => {
  writeFileSync(join(data, 'bench.lock'), '{"pid":');
  const claim = claimBench(data, { what: 'flash', url: null });
  claim.release();
  claim.release();
  expect(existsSync(join(data, 'bench.lock'))).toBe(false);
});
