import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

jest.setTimeout(120_000);

const CLI = fileURLToPath(new URL('../apps/cli/bin/boardwalk.mjs', import.meta.url));
const BOARDS = ['f030f4', 'f030c8', 'f072cb', 'f091cc', 'f303cc'];
/** A stack and a reset vector that every one of them can have. */
const FIRMWARE = Buffer.from(Uint8Array.from({ length: 7001 }, (_, i) => (i * 29 + (i >> 4)) & 0xff));
FIRMWARE.writeUInt32LE(0x20001000, 0);
FIRMWARE.writeUInt32LE(0x08000101, 4);

const folder = mkdtempSync(join(tmpdir(), 'boardwalk-f0-'));
beforeAll(() => writeFileSync(join(folder, 'app.bin'), FIRMWARE));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a verb on all boards at once. */
async function boardwalk(...args: string[]): Promise<{ code: number | null; said: string }> {
  const env = {
    ...process.env,
    BOARDWALK_DATA: join(folder, 'var'),
    BOARDWALK_BENCH: 'virtual',
    BOARDWALK_VIRTUAL_BOARDS: BOARDS.join(','),
  };
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

/** Every board says so, and the verb ends with that code. */
async function expects(code: number, says: RegExp, ...args: string[]): Promise<void> {
  const ended = await boardwalk(...args, '--all');
  const times = [...ended.said.matchAll(says)].length;
  expect([args, ended.code, times, ended.said]).toEqual([args, code, BOARDS.length, ended.said]);
}

test('STM32F0 and STM32F3 boards are identified, flashed, verified and dumped by the command line', async () => {
  await expects(0, /No model of evidence exists yet for the STM32F[03] series/g, 'identify');
  await expects(0, /PASS: app\.bin/g, 'flash', 'app.bin');
  await expects(0, /EQUAL: flash holds app\.bin/g, 'verify', 'app.bin');
  await expects(0, /EQUAL: flash holds app\.bin/g, 'verify', 'app.bin', '--readback');
  for (const slot of ['1', '2', '3', '4', '5']) {
    const file = `dump-${slot}.bin`;
    const dumped = await boardwalk('dump', file, '--bytes', '7001', '--slot', slot);
    expect([slot, dumped.code, dumped.said]).toEqual([slot, 0, dumped.said]);
    const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');
    expect(sha256(readFileSync(join(folder, file)))).toBe(sha256(FIRMWARE));
  }
  await expects(0, /Reset/g, 'reset');
  await expects(0, /Erased/g, 'erase', '--range', '0x08000400,1');
  expect((await boardwalk('verify', 'app.bin', '--all')).code).toBe(1);
});

test('options of STM32F0 and STM32F3 boards are set by name, and level 2 is refused', async () => {
  await expects(0, /RDP +0xaa\n/g, 'options', 'get');
  await expects(0, /DATA0: 0xff → 0x42/g, 'options', 'set', 'DATA0=0x42', 'nBOOT1=1');
  await expects(4, /level 2.*no tool can undo it/g, 'options', 'set', 'RDP=0xcc');
  await expects(4, /level 2.*no tool can undo it/g, 'options', 'set', 'rdp=204', 'DATA0=1');
  await expects(3, /This chip has no option BFB2/g, 'options', 'set', 'BFB2=0');
  await expects(0, /DATA0 +0x42/g, 'options', 'get');
});

test('STM32F0 and STM32F3 boards are protected and opened again, which erases them', async () => {
  await expects(0, /Protected: the chip says so, and a read of flash fails/g, 'protect');
  await expects(1, /The chip is read-protected/g, 'verify', 'app.bin');
  expect((await boardwalk('unprotect', '--all')).code).toBe(4);
  await expects(0, /Unprotected: flash is erased and reads blank/g, 'unprotect', '--yes');
  await expects(0, /RDP +0xaa\n/g, 'options', 'get');
});
