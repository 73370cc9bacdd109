import { jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

jest.setTimeout(300_000);

const CLI = fileURLToPath(new URL('../apps/cli/bin/boardwalk.mjs', import.meta.url));

interface Row {
  readonly kib: number;
  readonly board: string;
  readonly steps: Readonly<Record<string, number>>;
  readonly totalS: number;
  readonly programS: number;
  readonly floorS: number;
  readonly cellFloorS: number;
}
interface Figures {
  readonly rows: readonly Row[];
  readonly dump: { readonly readbackS: number; readonly provedS: number };
  readonly slots: { readonly count: number; readonly oneS: number; readonly makespanS: number };
}

/** OpenOCD 0.12 at 4 MHz and st-flash 1.7 on the same model, 64 KiB on a full board and a 128 KiB dump: seconds. */
const OPENOCD = { writeAndVerifyS: 3.385 + 0.693, dumpS: 1.628 };
const ST_FLASH_WRITE_S = 5.787;

let figures: Figures;
const row = (kib: number, board: string): Row =>
  figures.rows.find((each) => each.kib === kib && each.board === board)!;

beforeAll(async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, 'bench', '--json']);
  figures = JSON.parse(stdout) as Figures;
});

test.each([64, 128])('programming %i KiB takes at most 1.03 times what the cells need', (kib) => {
  for (const board of ['blank', 'full']) {
    const { programS, cellFloorS } = row(kib, board);
    expect(programS / cellFloorS).toBeLessThanOrEqual(1.03);
    expect(cellFloorS).toBeCloseTo(kib * 512 * 52.5e-6, 6);
  }
});

test('a whole run of 64 KiB on a full board keeps within 1.15 times its floor', () => {
  const { totalS, floorS, steps } = row(64, 'full');
  expect(totalS / floorS).toBeLessThanOrEqual(1.15);
  const steps64 = [
    'connect',
    'identify',
    'dump',
    'erase',
    'program',
    'reset',
    'verify',
    'dumpAfter',
    'resetAfter',
  ];
  expect(Object.keys(steps)).toEqual(steps64);
});

test('a whole run of 64 KiB is 1.9 times as fast as OpenOCD’s write and verify, and 2.7 times as st-flash', () => {
  const { totalS } = row(64, 'full');
  expect(OPENOCD.writeAndVerifyS / totalS).toBeGreaterThanOrEqual(1.9);
  expect(ST_FLASH_WRITE_S / totalS).toBeGreaterThanOrEqual(2.7);
});

test('the same image again takes at most half a second, one page of 64 changed at most 0.7 s', () => {
  expect(row(64, 'same').totalS).toBeLessThanOrEqual(0.5);
  expect(row(128, 'same').totalS).toBeLessThanOrEqual(0.5);
  expect(row(64, 'one page changed').totalS).toBeLessThanOrEqual(0.7);
});

test('a dump is no slower than OpenOCD’s, and three times as fast where three quarters are blank or known', () => {
  expect(figures.dump.readbackS).toBeLessThanOrEqual(OPENOCD.dumpS);
  expect(OPENOCD.dumpS / figures.dump.provedS).toBeGreaterThanOrEqual(3);
});

test('24 boards side by side take no longer than one', () => {
  const { count, oneS, makespanS } = figures.slots;
  expect(count).toBe(24);
  expect(makespanS / oneS).toBeLessThanOrEqual(1.05);
});

test('memory stays flat over runs', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, 'bench', '--soak', '150', '--json']);
  const { soak } = JSON.parse(stdout) as { soak: { runs: number; earlyMib: number; lateMib: number } };
  expect(soak.runs).toBe(150);
  expect(soak.lateMib / soak.earlyMib).toBeLessThan(1.05);
});
