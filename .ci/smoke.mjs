// Starts the built station on a virtual bench, posts a job as an MES would, and reads board_log with sqlite3.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const data = mkdtempSync(join(tmpdir(), 'boardwalk-smoke-'));
const startedBy = Date.now();
const limitMs = 120_000;

/** 12 KiB that a Cortex-M3 could boot: a vector table, an endless loop, then a pattern. */
function firmware() {
  const image = Buffer.alloc(12 * 1024);
  image.writeUInt32LE(0x20005000, 0);
  image.writeUInt32LE(0x08000009, 4);
  image.writeUInt16LE(0xe7fe, 8);
  for (let at = 10; at < image.length; at += 1) image[at] = (at * 7 + (at >> 8)) & 0xff;
  return image;
}

function demand(condition, sentence) {
  if (!condition) throw new Error(sentence);
}

const station = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
  cwd: root,
  env: {
    ...process.env,
    BOARDWALK_DATA: data,
    BOARDWALK_PORT: '0',
    BOARDWALK_BENCH: 'virtual',
    BOARDWALK_VIRTUAL_BOARDS: 'f103cb,cks32',
    BOARDWALK_LOG: 'warn',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let printed = '';
station.stdout.setEncoding('utf8').on('data', (text) => (printed += text));

try {
  let link;
  while (!(link = printed.match(/(http:\/\/[^\s/]+)\/#token=(\S+)/))) {
    demand(station.exitCode === null, `the station ended with ${station.exitCode}:\n${printed}`);
    demand(Date.now() - startedBy < limitMs, `no URL was printed:\n${printed}`);
    await wait(100);
  }
  const [, url, token] = link;
  demand(/VIRTUAL/.test(printed), `the bench was not said to be VIRTUAL:\n${printed}`);

  const call = async (method, path, body, type = 'application/json') => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': type } : {}) },
      body,
    });
    const text = await answer.text();
    demand(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };

  const image = await call('POST', '/images?name=smoke.bin', firmware(), 'application/octet-stream');
  let job = await call('POST', '/jobs', JSON.stringify({ image: image.id, count: 2 }));
  while (job.state !== 'completed') {
    demand(Date.now() - startedBy < limitMs, `the job is still ${job.state}: ${JSON.stringify(job.counts)}`);
    await wait(200);
    job = await call('GET', `/jobs/${job.id}`);
  }
  demand(job.counts.passed === 2, `not both boards passed: ${JSON.stringify(job.counts)}`);
  const page = await fetch(`${url}/`);
  demand(page.ok && /<html/i.test(await page.text()), 'the bench page was not served');

  const rows = JSON.parse(
    execFileSync('sqlite3', ['-json', join(data, 'boardwalk.db'), 'select * from board_log order by slot'], {
      encoding: 'utf8',
    }),
  );
  demand(rows.length === 2, `board_log has ${rows.length} rows instead of 2`);
  for (const row of rows) {
    demand(row.outcome === 'PASS', `slot ${row.slot}: ${row.outcome} ${row.reason}`);
    for (const column of [
      'device_id',
      'dpidr',
      'flash_size_kib',
      'uid',
      'dump_before_sha256',
      'dump_after_sha256',
    ]) {
      demand(row[column], `slot ${row.slot}: ${column} is missing`);
    }
  }
  demand(
    rows.some((row) => row.dpidr === '0x2ba01477' && row.verdict === 'differs'),
    'the CKS32 was not named as differing',
  );
  console.log(`The built station flashed ${rows.length} boards, and board_log holds what they are.`);
} finally {
  const ended = new Promise((resolve) => station.once('exit', resolve));
  if (station.exitCode === null) {
    station.kill('SIGINT');
    await ended;
  }
  rmSync(data, { recursive: true, force: true });
}
demand(station.exitCode === 0, `Ctrl-C ended the station with ${station.exitCode} instead of 0`);
