import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDERS = fileURLToPath(new URL('../../../../test/fixtures/data-folders', import.meta.url));

/** Data folders of earlier versions, see their README. */
export const DATA_FOLDERS = ['2026-11-21-first', '2026-11-26-chain'] as const;

/** Unpacks the data folder of an earlier version into a folder of its own. */
export function unpackDataFolder(name: (typeof DATA_FOLDERS)[number]): string {
  const folder = mkdtempSync(join(tmpdir(), 'boardwalk-earlier-'));
  const { status, stderr } = spawnSync('tar', ['-xzf', join(FOLDERS, `${name}.tar.gz`), '-C', folder]);
  if (status !== 0) throw new Error(`${name} could not be unpacked: ${String(stderr)}`);
  return folder;
}
