import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GuestBench } from './guest-bench.ts';
import { GDB_PORT, OpenOcdSession, TELNET_PORT } from './openocd-session.ts';

const source = (name: string): string => fileURLToPath(new URL(`target/${name}`, import.meta.url));
let bench: GuestBench;
let openocd: OpenOcdSession;
let directory: string;
let program: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'boardwalk-gdb-'));
  program = join(directory, 'counter.elf');
  const object = join(directory, 'counter.o');
  execFileSync('arm-none-eabi-as', ['-o', object, source('counter.s')]);
  execFileSync('arm-none-eabi-ld', ['-T', source('counter.ld'), '-o', program, object]);
  execFileSync('arm-none-eabi-objcopy', ['-O', 'binary', program, join(directory, 'counter.bin')]);
  bench = await GuestBench.start(['f103c8'], { forward: [TELNET_PORT, GDB_PORT] });
  openocd = await OpenOcdSession.start(bench, '-f interface/stlink-dap.cfg -f target/stm32f1x.cfg');
});
afterAll(async () => {
  await openocd.stop();
  await bench.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Runs gdb with these commands typed; where it says `Continuing.` with nothing to stop it, Ctrl-C is pressed. */
async function gdb(commands: readonly string[], interruptAfter?: string): Promise<string> {
  const connect = `target extended-remote 127.0.0.1:${bench.guest.forwarded(GDB_PORT)}`;
  const typed = ['set pagination off', 'set confirm off', connect, ...commands];
  const args = ['--nx', '--quiet', '--batch', ...typed.flatMap((line) => ['-ex', line]), program];
  const child = spawn('gdb-multiarch', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      const said = interruptAfter !== undefined && text.includes(interruptAfter);
      text += data.toString('utf8');
      if (!said && interruptAfter !== undefined && text.includes(interruptAfter)) child.kill('SIGINT');
    });
  }
  await new Promise((resolve) => child.on('close', resolve));
  return text;
}

describe('gdb-multiarch through OpenOCD on the virtual bench', () => {
  it('loads a program into flash', async () => {
    const text = await gdb(['monitor reset halt', 'load', 'compare-sections']);
    expect(text).toMatch(/Section \.text, range .*: matched/);
    const image = readFileSync(join(directory, 'counter.bin'));
    expect((await bench.flash(1)).subarray(0, image.length).equals(image)).toBe(true);
  });

  it('breaks, steps, finishes and watches', async () => {
    const text = await gdb([
      'monitor reset halt',
      'break bump',
      'continue',
      'stepi',
      'finish',
      'delete',
      'watch *(int *)&counter',
      'continue',
      'continue',
      'print *(int *)&counter',
    ]);
    expect(text).toMatch(/Breakpoint 1, 0x\w+ in bump \(\)/);
    expect(text).toMatch(/0x08000010 in (again|_start) \(\)/);
    expect(text).toMatch(/[Hh]ardware watchpoint 2: \*\(int \*\)&counter/);
    expect(text).toMatch(/New value = /);
  });

  it('reads and writes registers and memory', async () => {
    const text = await gdb([
      'monitor reset halt',
      'set $r5 = 0x12345678',
      'info registers r5 pc sp',
      'set {int}0x20000100 = 0x0badcafe',
      'x/1xw 0x20000100',
      'x/2xw 0x08000000',
    ]);
    expect(text).toMatch(/r5 +0x12345678/);
    expect(text).toMatch(/pc +0x8000008/);
    expect(text).toMatch(/sp +0x20005000/);
    expect(text).toContain('0x0badcafe');
    expect(text).toMatch(/0x20005000\s+0x08000009/);
  });

  it('lets the board run and stops it at Ctrl-C', async () => {
    const text = await gdb(
      ['monitor reset halt', 'echo goes\\n', 'continue', 'print (int)$r4 > 0'],
      'goes\n',
    );
    expect(text).toContain('SIGINT');
    expect(text).toContain('$1 = 1');
  });
});
