import { jest } from '@jest/globals';
import { Environment } from '@boardwalk/contracts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StationProcess } from './running-station.ts';

jest.setTimeout(60_000);

const CLI = fileURLToPath(new URL('../apps/cli/bin/boardwalk.mjs', import.meta.url));
const FIRMWARE = Buffer.from(Uint8Array.from({ length: 7001 }, (_, i) => (i * 29 + (i >> 4)) & 0xff));
FIRMWARE.writeUInt32LE(0x20005000, 0);
FIRMWARE.writeUInt32LE(0x08000101, 4);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'boardwalk-cli-'));
  writeFileSync(join(folder, 'app.bin'), FIRMWARE);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

const boardwalk = (boards: string, ...args: string[]): Promise<Ended> =>
  run(process.execPath, [CLI, ...args], boards);

async function run(program: string, args: readonly string[], boards: string): Promise<Ended> {
  const env = {
    ...process.env,
    BOARDWALK_DATA: join(folder, 'var'),
    BOARDWALK_BENCH: 'virtual',
    BOARDWALK_VIRTUAL_BOARDS: boards,
  };
  const child = spawn(program, args, {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (ended.stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (ended.stderr += chunk.toString('utf8')));
  [ended.code] = (await once(child, 'close')) as [number | null];
  return ended;
}

const json = <Document>({ stdout }: Ended): Document => JSON.parse(stdout) as Document;

test('--version says which version this is, and on which Node it runs', async () => {
  const { code, stdout } = await boardwalk('f103cb', '--version');
  expect(code).toBe(0);
  expect(stdout).toBe(`boardwalk 0.1.0, Node ${process.versions.node}\n`);
});

test('a reader that leaves ends neither the command nor the work on the board', async () => {
  const shell = (command: string): Promise<Ended> => run('bash', ['-o', 'pipefail', '-c', command], 'f103cb');
  const cli = `${process.execPath} ${CLI}`;
  const listed = await shell(`for i in 1 2 3; do ${cli} --help; done | true; echo "$?" "\${PIPESTATUS[@]}"`);
  expect([listed.stderr, listed.stdout]).toEqual(['', '0 0 0\n']);
  await shell(`${cli} flash app.bin 2>&1 | true`);
  expect((await boardwalk('f103cb', 'verify', 'app.bin')).code).toBe(0);
});

test('what one command flashes, the next one verifies: a virtual board keeps its flash', async () => {
  const flashed = await boardwalk('f103cb', 'flash', 'app.bin', '--json');
  expect([flashed.code, json<{ outcome: string }>(flashed).outcome]).toEqual([0, 'PASS']);
  expect((await boardwalk('f103cb', 'verify', 'app.bin')).code).toBe(0);
  expect((await boardwalk('f103cb', 'verify', 'app.bin', '--readback')).code).toBe(0);
  expect((await boardwalk('f103cb', 'erase', '--range', '0x08000400,1')).code).toBe(0);
  const differs = await boardwalk('f103cb', 'verify', 'app.bin');
  expect(differs.code).toBe(1);
  expect(differs.stdout).toMatch(/DIFFERS: at 0x08000400/);
});

test('an odd length is dumped whole, and its SHA-256 is that of the file', async () => {
  await boardwalk('f103cb', 'flash', 'app.bin');
  const dumped = await boardwalk('f103cb', 'dump', 'out.bin', '--bytes', '131071', '--json');
  const file = readFileSync(join(folder, 'out.bin'));
  expect(file).toHaveLength(131071);
  expect(file.subarray(0, 7001)).toEqual(FIRMWARE);
  expect(json<{ sha256: string }>(dumped).sha256).toBe(createHash('sha256').update(file).digest('hex'));
});

test('every probe is listed and every board identified, side by side', async () => {
  const probes = json<{ probes: { port: string; firmware: string }[] }>(
    await boardwalk('f103cb,cks32+probe=v3j10', 'probes', '--json'),
  );
  expect(probes.probes.map(({ port, firmware }) => [port, firmware])).toEqual([
    ['1-1', 'V2J37S7'],
    ['1-2', 'V3J10M3'],
  ]);
  const all = await boardwalk('f103cb,cks32', 'identify', '--all', '--json');
  const { results } = json<{ results: { assessment: { verdict: string } }[] }>(all);
  expect(results.map(({ assessment }) => assessment.verdict)).toEqual(['consistent', 'differs']);
});

test.each([
  ['wrong usage', ['flash'], 3],
  ['an unknown verb', ['frobnicate'], 3],
  ['a file that is not there', ['flash', 'nothing.bin'], 3],
  ['a file that is no firmware', ['flash', 'app.hex'], 3],
  ['an image outside flash', ['verify', 'app.bin', '--at', '0x20000000'], 3],
  ['a slot that is not there', ['reset', '--slot', '9'], 3],
  ['an empty socket', ['reset', '--slot', '2'], 2],
  ['help', ['--help'], 0],
])('%s ends with its exit code and no stack', async (_what, args, code) => {
  writeFileSync(join(folder, 'app.hex'), ':10000000');
  const ended = await boardwalk('f103cb,f103cb+empty', ...args);
  expect(ended.code).toBe(code);
  expect(ended.stdout + ended.stderr).not.toMatch(/\bat .*\.(js|ts|mjs):\d+/);
});

test('a file that does not belong into the chip is exit 3 for flash as for verify, and no board fails', async () => {
  // S-records of two bytes at 0x08010000: an xB has them, an x8 has not.
  writeFileSync(join(folder, 'far.s37'), 'S307080100000102EC\nS70508000000F2\n');
  for (const verb of ['flash', 'verify']) {
    const ended = await boardwalk('f103c8', verb, 'far.s37', '--json');
    expect([ended.code, json<{ error: { code: string } }>(ended).error.code]).toEqual([3, 'flash.outside']);
  }
  expect((await boardwalk('f103cb', 'flash', 'far.s37')).code).toBe(0);
  expect((await boardwalk('f103c8', 'flash', 'far.s37', '--move-to', '0x08001000')).code).toBe(0);
  const refused = await boardwalk('f103c8', 'flash', 'far.s37', '--at', '0x08001000');
  expect(refused.code).toBe(3);
  expect(refused.stderr).toMatch(/has addresses of its own.*--move-to/);
});

test('bytes without a vector table are flashed only as --raw, and the answer says so', async () => {
  writeFileSync(join(folder, 'settings.bin'), FIRMWARE.subarray(8, 100));
  const refused = await boardwalk('f103c8', 'flash', 'settings.bin', '--at', '0x08001000');
  expect(refused.code).toBe(3);
  expect(refused.stderr).toMatch(/not known firmware.*--raw/);
  const given = ['settings.bin', '--at', '0x08001000', '--raw'];
  const flashed = await boardwalk('f103c8', 'flash', ...given, '--json');
  expect(flashed.code).toBe(0);
  expect(json(flashed)).toMatchObject({ format: 'bin', raw: true, imageBytes: 92 });
  expect((await boardwalk('f103c8', 'verify', ...given)).code).toBe(0);
});

test('the help of the station names every variable that it heeds, with its default', async () => {
  const { stdout } = await boardwalk('f103cb', 'serve', '--help');
  for (const name of Object.keys(Environment.shape)) expect(stdout).toContain(`  ${name} `);
  expect(stdout).toMatch(/BOARDWALK_PORT +the port; 4800 by default/);
  expect(stdout).toMatch(/BOARDWALK_RELEASE .*\(open, one, two\); open by default/);
});

test('while a station holds the bench the command line refuses, naming it and the way through it', async () => {
  const station = new StationProcess(join(folder, 'var'), { BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  await station.start();
  try {
    const refused = await boardwalk('f103cb', 'flash', 'app.bin');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/held by the station \(pid \d+, http/);
  } finally {
    await station.end('SIGINT');
  }
  expect(existsSync(join(folder, 'var', 'bench.lock'))).toBe(false);
});

test('option bytes are set by name, and stand for the next command', async () => {
  const set = await boardwalk('f103cb', 'options', 'set', 'DATA0=0x42', 'wrp=0xfffffffe', '--json');
  expect(set.code).toBe(0);
  const get = await boardwalk('f103cb', 'options', 'get', '--json');
  expect(json(get)).toMatchObject({ options: { DATA0: 0x42, DATA1: 0xff, WRP: 0xfffffffe, RDP: 0xa5 } });
  expect((await boardwalk('f103cb', 'flash', 'app.bin')).code).toBe(1);
  for (const bad of ['FOO=1', 'DATA0=256', 'DATA0', 'DATA0=1=2', 'WRP=-1']) {
    expect([bad, (await boardwalk('f103cb', 'options', 'set', bad)).code]).toEqual([bad, 3]);
  }
});

test('protection is proved, is in the way of reading, and is lifted only by who says yes', async () => {
  expect((await boardwalk('f103cb', 'flash', 'app.bin')).code).toBe(0);
  expect((await boardwalk('f103cb', 'protect')).code).toBe(0);
  expect((await boardwalk('f103cb', 'dump', 'out.bin')).code).toBe(1);
  expect(existsSync(join(folder, 'out.bin'))).toBe(false);
  const refused = await boardwalk('f103cb', 'unprotect');
  expect([refused.code, refused.stderr]).toEqual([4, expect.stringMatching(/erases the whole flash.*--yes/)]);
  expect((await boardwalk('f103cb', 'unprotect', '--yes')).code).toBe(0);
  expect((await boardwalk('f103cb', 'dump', 'out.bin')).code).toBe(0);
  expect(readFileSync(join(folder, 'out.bin')).every((byte) => byte === 0xff)).toBe(true);
});

test('a dump says which pages were proved and which were read; both ways give the same file', async () => {
  expect((await boardwalk('f103cb', 'flash', 'app.bin')).code).toBe(0);
  const proved = await boardwalk('f103cb', 'dump', 'a.bin', '--json');
  expect(json(proved)).toMatchObject({ bytes: 131072, readPages: 7, provedPages: 121 });
  const known = await boardwalk('f103cb', 'dump', 'b.bin', '--known', 'app.bin', '--json');
  expect(json(known)).toMatchObject({ readPages: 0, provedPages: 128 });
  expect((await boardwalk('f103cb', 'dump', 'c.bin', '--readback')).code).toBe(0);
  const files = ['a.bin', 'b.bin', 'c.bin'].map((name) => readFileSync(join(folder, name)).toString('hex'));
  expect(new Set(files).size).toBe(1);
});

test.each([
  ['flash', 'app.bin'],
  ['erase'],
  ['options', 'set', 'DATA0=1'],
  ['protect'],
  ['unprotect', '--yes'],
  ['reset'],
])('with two probes, %s does nothing until one is named, and says how', async (...args) => {
  const refused = await boardwalk('f103cb,f103c8', ...args);
  expect(refused.code).toBe(3);
  expect(refused.stderr).toMatch(/There are 2 probes, .* Nothing was done\./);
  expect(refused.stderr).toMatch(/Select with --slot, --port, --serial or --all\./);
  expect(refused.stderr).toMatch(/slot 1 on port 1-1 \(.*slot 2 on port 1-2 \(/);
});

test('with two probes, a command that only reads still takes slot 1, and says so', async () => {
  const read = await boardwalk('f103cb,f103c8', 'options', 'get');
  expect([read.code, read.stderr]).toEqual([0, expect.stringContaining('Slot 1 of 2 is taken')]);
});

test.each([
  ['voltage=0', ['flash', 'app.bin'], 2, /0\.00 V at the target/],
  ['voltage=0', ['erase'], 2, /0\.00 V at the target/],
  ['voltage=1.2', ['flash', 'app.bin'], 1, /1\.20 V, outside 2\.0 to 3\.6 V/],
  ['voltage=5', ['flash', 'app.bin'], 1, /5\.00 V, outside 2\.0 to 3\.6 V/],
  ['voltage=5', ['erase'], 1, /5\.00 V, outside 2\.0 to 3\.6 V/],
])('a board with +%s is not changed by %j, and the volts are named', async (option, args, code, says) => {
  const ended = await boardwalk(`f103cb+${option}`, ...args);
  expect(ended.code).toBe(code);
  expect(ended.stdout + ended.stderr).toMatch(says);
  expect(ended.stdout + ended.stderr).not.toMatch(/SWDIO/);
});

test('an image without a place on the chip is a bad file for flash as for verify', async () => {
  const at = ['--at', '0x08010000', '--raw', '--json'];
  for (const verb of ['flash', 'verify']) {
    const ended = await boardwalk('f103c8', verb, 'app.bin', ...at);
    expect([verb, ended.code]).toEqual([verb, 3]);
    expect(ended.stderr).toMatch(/this chip states 64 KiB/);
  }
});
