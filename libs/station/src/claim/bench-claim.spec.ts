import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchHeldError, benchHolder, claimBench } from './bench-claim.ts';

let data: string;
beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'bench-claim-'))));
afterEach(() => rmSync(data, { recursive: true, force: true }));

const HOLDER = { what: 'the station', url: 'http://127.0.0.1:4800' };

/** A process that takes the same lock as a station does, and says so. */
async function otherProcess(): Promise<ChildProcess> {
  const script = `
    const Sqlite = require('better-sqlite3');
    const file = new Sqlite(${JSON.stringify(join(data, 'bench-lock.db'))});
    file.exec('BEGIN EXCLUSIVE');
    require('node:fs').writeFileSync(${JSON.stringify(join(data, 'bench.lock'))},
      JSON.stringify({ pid: process.pid, ...${JSON.stringify(HOLDER)} }));
    console.log('held');
    setInterval(() => file.inTransaction, 1000);`;
  const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(other.stdout, 'data');
  return other;
}

test('a bench held by another process is refused, naming it and the way through it, until that process is killed', async () => {
  const other = await otherProcess();
  try {
    expect(() => claimBench(data, { what: 'flash', url: null })).toThrow(BenchHeldError);
    expect(benchHolder(data)).toEqual({ pid: other.pid, ...HOLDER });
  } finally {
    other.kill('SIGKILL');
    await once(other, 'exit');
  }
  expect(existsSync(join(data, 'bench.lock'))).toBe(true);
  expect(benchHolder(data)).toBeNull();
  claimBench(data, { what: 'flash', url: null }).release();
});

test('what a power cut leaves blocks nothing: a torn file, the number of a process that lives now, this process’s own', () => {
  for (const left of [
    '{"pid":',
    JSON.stringify({ pid: 1, ...HOLDER }),
    JSON.stringify({ pid: process.pid }),
  ]) {
    writeFileSync(join(data, 'bench.lock'), left);
    expect(benchHolder(data)).toBeNull();
    const claim = claimBench(data, { what: 'flash', url: null });
    expect(benchHolder(data)).toEqual({ pid: process.pid, what: 'flash', url: null });
    claim.release();
    claim.release();
    expect(existsSync(join(data, 'bench.lock'))).toBe(false);
  }
});

test('a holder whose port the host chose is named with the address at which it answers', () => {
  const claim = claimBench(data, { what: 'the station', url: 'http://127.0.0.1:0' });
  claim.answersAt('http://127.0.0.1:41234');
  expect(benchHolder(data)).toEqual({
    pid: process.pid,
    what: 'the station',
    url: 'http://127.0.0.1:41234',
  });
  claim.release();
});

test('a second claim in the same process is refused too', () => {
  const claim = claimBench(data, { what: 'flash', url: null });
  expect(() => claimBench(data, { what: 'dump', url: null })).toThrow(/held by flash/);
  claim.release();
  claimBench(data, { what: 'dump', url: null }).release();
});
