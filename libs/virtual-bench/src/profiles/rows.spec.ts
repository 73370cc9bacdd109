import { CORE_PROFILES } from '../core/profiles.ts';
import { Chip } from '../target/chip.ts';
import { emptyLedger } from '../time/ledger.ts';
import { BOARD_PROFILES, SERIES } from './profiles.ts';

const KIB = 1024;
const OPTION_BASE = 0x1ffff800;
const BOARDS = [...BOARD_PROFILES.values()].map((row) => [row.name, row] as const);
const SERIES_ROWS = Object.entries(SERIES);
/** DEV_ID by the first board that has it: what the lines of a series are told apart by. */
const DEVICE_IDS: Readonly<Record<string, readonly number[]>> = {
  // The last two are of parts that are sold for one: an AT32 and an N32.
  f1: [0x410, 0x412, 0x414, 0x418, 0x420, 0x428, 0x430, 0x346, 0x511],
  f0: [0x440, 0x442, 0x444, 0x445, 0x448],
  f3: [0x422, 0x432, 0x438, 0x439, 0x446],
};

const within = (address: number, windows: readonly (readonly [number, number])[]): boolean =>
  windows.some(([from, to]) => address >= from && address < to);

describe('every board profile', () => {
  test.each(BOARDS)('%s has a description, sources, and says what is invented', (_name, row) => {
    for (const text of [row.description, row.sources, row.fixture]) expect(text.length).toBeGreaterThan(10);
  });

  test.each(BOARDS)('%s has memories of sensible sizes', (_name, row) => {
    expect(row.flashBytes % row.pageBytes).toBe(0);
    expect([1 * KIB, 2 * KIB]).toContain(row.pageBytes);
    expect(row.flashSizeKib * KIB).toBeLessThanOrEqual(row.flashBytes * 2);
    expect(row.sramBytes % KIB).toBe(0);
    expect(row.sramBytes).toBeGreaterThanOrEqual(4 * KIB);
    expect(row.bootRomBase + row.bootRomBytes).toBeLessThanOrEqual(OPTION_BASE);
    expect(row.wrpBytes * 8 * 4 * KIB).toBeGreaterThanOrEqual(Math.min(row.flashSizeKib * KIB, 128 * KIB));
  });

  test.each(BOARDS)('%s has ids that fit its series and its core', (_name, row) => {
    expect(DEVICE_IDS[row.series]).toContain(row.idcode & 0xfff);
    const { architecture, priorityBits, cpuid } = CORE_PROFILES[row.core];
    expect(row.dpidr & 0xfff).toBe(0x477);
    // SW-DP of a Cortex-M0, and of an M3 or M4; the AHB-AP's variant likewise.
    const isM0 = ((cpuid >>> 4) & 0xfff) === 0xc20;
    expect(row.dpidr >>> 20 === 0x0bb).toBe(isM0);
    expect(row.apIdr >>> 20 === 0x047).toBe(isM0);
    expect(row.priorityBits).toBeLessThanOrEqual(priorityBits);
    expect(architecture.bitBands).toBe(!isM0);
    expect(row.bootRomVectors === null || row.bootRomVectors[0] >>> 24 === 0x20).toBe(true);
  });

  test.each(BOARDS)(
    '%s starts, and states its identity code and size where its series has them',
    (_name, row) => {
      const chip = new Chip(row, row.uid, emptyLedger());
      chip.powerOn(0);
      const { debugUnit, signature } = chip.series;
      expect(chip.read(debugUnit.base, 4, 'debug')).toBe(row.idcode);
      expect(chip.read(signature.sizeAddress, 2, 'debug')).toBe(row.flashSizeKib);
      expect(chip.read(signature.uidAddress, 4, 'debug')).toBe(row.uid[0] >>> 0);
      expect(chip.options.level).toBe(0);
    },
  );
});

describe('every series', () => {
  test.each(SERIES_ROWS)('%s has its own name, sources and a board', (name, row) => {
    expect(row.name).toBe(name);
    expect(row.sources.length).toBeGreaterThan(10);
    expect(BOARDS.some(([, { series }]) => series === name)).toBe(true);
  });

  test.each(SERIES_ROWS)(
    '%s has its peripherals, ports and reset values inside its windows',
    (_name, row) => {
      for (const base of Object.values(row.peripherals)) {
        expect(within(base, row.windows)).toBe(true);
      }
      expect(within(row.ports[0], row.windows)).toBe(true);
      expect(within(row.ports[1] - 1, row.windows)).toBe(true);
      for (const address of Object.keys(row.resetValues))
        expect(within(Number(address), row.windows)).toBe(true);
      expect(within(row.debugPins.register, row.windows)).toBe(true);
    },
  );

  test.each(SERIES_ROWS)(
    '%s has its signature next to the option bytes, in whole words',
    (_name, { signature }) => {
      for (const address of [signature.sizeAddress, signature.uidAddress]) {
        expect(address % 4).toBe(0);
        expect(address).toBeGreaterThanOrEqual(signature.base);
        expect(address).toBeLessThan(OPTION_BASE);
      }
    },
  );

  test.each(SERIES_ROWS)(
    '%s has a freeze bit that can be written, and protection keys that differ',
    (_name, row) => {
      const { watchdogStop, writable } = row.debugUnit;
      expect(((writable[watchdogStop.offset] ?? 0) >>> watchdogStop.bit) & 1).toBe(1);
      expect(row.options.level0).not.toBe(row.options.level2);
      expect(row.clocks.pllInputs.length & (row.clocks.pllInputs.length - 1)).toBe(0);
    },
  );
});
