import { RefusalError, said } from '@boardwalk/contracts';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataDirectory } from './data-directory.ts';
import { lockFile } from './kernel-lock.ts';

/** Who holds a bench: a station (with its URL) or one command. */
export interface BenchHolder {
  readonly pid: number;
  /** What a person calls it: `station` or a command such as `flash`. */
  readonly what: string;
  readonly url: string | null;
}

/** Another process is using the bench. */
export class BenchHeldError extends RefusalError<'station.bench_held'> {
  declare readonly remedy: string;
  constructor(readonly holder: BenchHolder) {
    const { what, pid, url } = holder;
    const { code, message, remedy, params } = url
      ? said('station.bench_held', { what, pid, url })
      : said('station.bench_held:command', { what, pid });
    super(code, message, { params, remedy });
    this.name = 'BenchHeldError';
  }
}

/** A held bench; `release` gives it back and may be called twice. */
export interface BenchClaim {
  /** Says where the holder answers, once that is known: the host may have chosen its port. */
  answersAt(url: string): void;
  release(): void;
}

/** The file whose lock is the claim. */
const LOCK = 'bench-lock.db';
/** Says to people who has it; it holds nothing by itself. */
const HOLDER = 'bench.lock';

/**
 * Takes the bench of this data directory for this process, so that a station and a command never drive the
 * same probes or the same virtual boards at once. The kernel holds the claim: it ends with its process.
 * @throws BenchHeldError naming the holder
 */
export function claimBench(dataDirectory: string, holder: Omit<BenchHolder, 'pid'>): BenchClaim {
  makeDataDirectory(dataDirectory);
  const lock = lockFile(join(dataDirectory, LOCK));
  const path = join(dataDirectory, HOLDER);
  if (!lock) throw new BenchHeldError(readHolder(path));
  const say = (now: Omit<BenchHolder, 'pid'>): void =>
    writeFileSync(path, JSON.stringify({ pid: process.pid, ...now }), { mode: 0o600 });
  say(holder);
  let held = true;
  return {
    answersAt: (url) => say({ ...holder, url }),
    release: () => {
      if (!held) return;
      held = false;
      rmSync(path, { force: true });
      lock.release();
    },
  };
}

/** Who holds the bench of this data directory now, or null. */
export function benchHolder(dataDirectory: string): BenchHolder | null {
  const path = join(dataDirectory, LOCK);
  if (!existsSync(path)) return null;
  const lock = lockFile(path);
  lock?.release();
  return lock ? null : readHolder(join(dataDirectory, HOLDER));
}

function readHolder(path: string): BenchHolder {
  const unknown = { pid: 0, what: 'another process', url: null };
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<BenchHolder>;
    return { ...unknown, ...value };
  } catch {
    return unknown;
  }
}
