import { benchHolder } from '@boardwalk/station';
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fail, ok, quoted, warn, type Finding } from './finding.ts';

const LEAST_NODE = [20, 19] as const;
const MIB = 1024 * 1024;
/** A shift's images and records fit in many times. */
const COMFORTABLE_MIB = 1024;

export function checkNode(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [least, leastMinor] = LEAST_NODE;
  if (major > least || (major === least && minor >= leastMinor)) return ok('node', `Node.js ${version}.`);
  return fail(
    'node',
    `Node.js ${version} is too old; ${LEAST_NODE.join('.')} is the least.`,
    'nvm install 20',
  );
}

/** The nearest folder that is there: the data folder itself is made at the first start. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

/** The code of the file system's refusal, or null. */
function whyNotWritable(folder: string): string | null {
  try {
    accessSync(folder, constants.W_OK);
    return null;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code ?? 'unknown';
  }
}

/** The command after which the station can write a folder: another owner mends no disk that is mounted read-only. */
export function makeWritable(folder: string): string {
  return whyNotWritable(folder) === 'EROFS'
    ? `sudo mount -o remount,rw "$(findmnt -no TARGET -T ${quoted(folder)})"`
    : `sudo chown -R "$USER" ${quoted(folder)}`;
}

export function checkFolder(folder: string): Finding {
  const there = nearest(folder);
  const refused = whyNotWritable(there);
  if (refused === 'EROFS')
    return fail('data folder', `${there} lies on a disk that is mounted read-only.`, makeWritable(there));
  if (refused) return fail('data folder', `${there} cannot be written by this user.`, makeWritable(there));
  const token = join(folder, 'token');
  if (existsSync(token) && (statSync(token).mode & 0o077) !== 0)
    return fail('data folder', `Others can read ${token}: it is admin.`, `chmod 600 ${quoted(token)}`);
  return ok(
    'data folder',
    there === folder ? `${folder} can be written.` : `${folder} will be made at the first start.`,
  );
}

/** @param leastFreeMib below this the station takes no new work */
export function checkDisk(folder: string, leastFreeMib: number): Finding {
  const { bavail, bsize } = statfsSync(nearest(folder));
  const freeMib = Math.floor((bavail * bsize) / MIB);
  const says = `${freeMib} MiB are free where ${folder} lies.`;
  const fix = `du -ah ${quoted(folder)} | sort -h | tail`;
  if (freeMib < leastFreeMib)
    return fail('disk', `${says} The station takes no new work below ${leastFreeMib}.`, fix);
  return freeMib < COMFORTABLE_MIB ? warn('disk', says, fix) : ok('disk', says);
}

export async function checkPort(host: string, port: number, folder: string): Promise<Finding> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return ok('port', `${host}:${port} is free.`);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const holder = benchHolder(folder);
    if (code === 'EADDRINUSE' && holder?.url?.endsWith(`:${port}`))
      return ok('port', `The station listens there: ${holder.url}.`);
    const why =
      code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be opened (${code ?? 'unknown'})`;
    return fail('port', `${host}:${port} ${why}.`, 'BOARDWALK_PORT=4801 npm start');
  } finally {
    server.close();
  }
}

/** What a station that is open says of itself; null when none is. */
export async function checkStation(folder: string): Promise<Finding | null> {
  const holder = benchHolder(folder);
  if (!holder?.url) return null;
  try {
    const answer = await fetch(`${holder.url}/readyz`, { signal: AbortSignal.timeout(5000) });
    const { problems } = (await answer.json()) as { problems: string[] };
    if (answer.ok) return ok('station', `${holder.url} takes work.`);
    return fail(
      'station',
      `${holder.url} takes no new work: ${problems.join(' ')}`,
      `curl -s ${holder.url}/readyz`,
    );
  } catch {
    const says = `${holder.what} (pid ${holder.pid}) holds the data folder but does not answer at ${holder.url}.`;
    return fail('station', says, `kill ${holder.pid}`);
  }
}
