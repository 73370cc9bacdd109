import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataDirectory } from './data-directory.ts';

/** Who holds a bench: a station (with its URL) or one command. */
export interface BenchHolder {
  readonly pid: number;
  /** What a person calls it: `station` or a command such as `flash`. */
  readonly what: string;
  readonly url: string | null;
}

/** The bench is in another process's hands. */
export class BenchHeldError extends Error {
  readonly code = 'station.bench_held';
  readonly remedy: string;

  constructor(readonly holder: BenchHolder) {
    super(`The bench is held by ${holder.what} (pid ${holder.pid}${holder.url ? `, ${holder.url}` : ''}).`);
    this.name = 'BenchHeldError';
    this.remedy = holder.url
      ? `Work through the station at ${holder.url}, or end it with Ctrl-C first.`
      : 'Wait until that command has ended.';
  }
}

/** A held bench; `release` gives it back and may be called twice. */
export interface BenchClaim {
  release(): void;
}

const FILE = 'bench.lock';

/**
 * Takes the bench of this data directory for this process, so that a station and a command never drive the
 * same probes or the same virtual boards at once. A claim whose process is gone counts as free.
 * @throws BenchHeldError naming the holder
 */
export function claimBench(dataDirectory: string, holder: Omit<BenchHolder, 'pid'>): BenchClaim {
  makeDataDirectory(dataDirectory);
  const path = join(dataDirectory, FILE);
  const content = JSON.stringify({ pid: process.pid, ...holder });
  if (!create(path, content)) {
    const other = readHolder(path);
    if (other && isAlive(other.pid)) throw new BenchHeldError(other);
    rmSync(path, { force: true });
    if (!create(path, content))
      throw new BenchHeldError(readHolder(path) ?? { pid: 0, what: 'another process', url: null });
  }
  let held = true;
  return {
    release: () => {
      if (held && readHolder(path)?.pid === process.pid) rmSync(path, { force: true });
      held = false;
    },
  };
}

/** Who holds the bench of this data directory now, or null. */
export function benchHolder(dataDirectory: string): BenchHolder | null {
  const holder = readHolder(join(dataDirectory, FILE));
  return holder && isAlive(holder.pid) ? holder : null;
}

function create(path: string, content: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
  writeSync(file, content);
  closeSync(file);
  return true;
}

function readHolder(path: string): BenchHolder | null {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<BenchHolder>;
    if (typeof value.pid !== 'number') return null;
    return { pid: value.pid, what: value.what ?? 'another process', url: value.url ?? null };
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  // A claim with our own pid is a leftover of an earlier container or boot, since we have not claimed yet.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
