import { REGIONS } from './arm.ts';
import { FLASH_BASE, FLASH_ROOM_END, SYSTEM_MEMORY } from './memory.ts';
import { LINES, OPTION_FIELDS, SERIES } from './registry.ts';
import { IDENTITY_REGISTERS, REGISTER_NAMES, registerAddress, type RegisterRow } from './registers.ts';
import type { OptionField, Series } from './series.ts';

const KIB = 1024;
const allSeries = SERIES.map((series) => [series.name, series] as const);
const allLines = SERIES.flatMap((series) => series.lines.map((line) => [line.name, line, series] as const));
const ascending = (values: readonly number[]): boolean =>
  values.every((v, i) => i === 0 || v > values[i - 1]!);
const inside = (address: number, { from, to }: { from: number; to: number }): boolean =>
  Number.isInteger(address) && address >= from && address < to;
/** A document with its place in it: letters with digits, and a chapter. */
const SOURCE = /[A-Z]{2,}\d+.*\d/;

describe('every line', () => {
  test.each(allLines)('of a series names its source, and sizes that a part may have: %s', (_name, line) => {
    expect(line.source).toMatch(SOURCE);
    expect(line.name).toMatch(/^STM32/);
    expect(ascending(line.flashSizesKib)).toBe(true);
    expect(line.flashSizesKib.length).toBeGreaterThan(0);
    for (const kib of line.flashSizesKib) expect((kib * KIB) % line.pageBytes).toBe(0);
    expect([1 * KIB, 2 * KIB]).toContain(line.pageBytes);
    expect(line.sramBytes).toBeGreaterThanOrEqual(4 * KIB);
    expect(line.largestSramBytes).toBeGreaterThanOrEqual(line.sramBytes);
    expect(line.sramBytes % KIB).toBe(0);
  });

  test.each(allLines)('has revisions of 16 bits, ascending: %s', (_name, { revisions }) => {
    expect(ascending(revisions)).toBe(true);
    expect(revisions.length).toBeGreaterThan(0);
    for (const revision of revisions) expect(inside(revision, { from: 0, to: 0x10000 })).toBe(true);
  });

  test.each(allLines)('has a first bank that is smaller than its largest part: %s', (_name, line) => {
    if (line.bankBytes === null) return;
    expect(line.bankBytes % line.pageBytes).toBe(0);
    expect(line.bankBytes).toBeLessThan(line.flashSizesKib.at(-1)! * KIB);
  });

  test.each(allLines)('has its boot ROM in system memory, before the options: %s', (_name, line, series) => {
    const { from, bytes } = line.bootRom;
    expect(inside(from, { from: SYSTEM_MEMORY, to: series.options.base })).toBe(true);
    expect(from % KIB).toBe(0);
    expect(bytes).toBeGreaterThanOrEqual(2 * KIB - 32);
    // What is read of it ends where the words of each chip begin.
    expect(from + bytes).toBeLessThanOrEqual(series.signature.from);
  });

  test('has a device id that no other line of any series has', () => {
    const ids = LINES.map(({ deviceId }) => deviceId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(inside(id, { from: 1, to: 0x1000 })).toBe(true);
  });
});

describe('every series', () => {
  test('has a name of its own', () => {
    expect(new Set(SERIES.map(({ name }) => name)).size).toBe(SERIES.length);
  });

  test.each(allSeries)('names the sources of its facts: %s', (_name, series) => {
    const sources = [series, series.signature, series.clock, series.options, series.core].map(
      ({ source }) => source,
    );
    for (const source of sources) expect(source).toMatch(SOURCE);
  });

  test.each(allSeries)(
    'has its blocks among the peripherals or in the core: %s',
    (_name, { blocks, core }) => {
      for (const address of Object.values(blocks)) {
        expect(inside(address, REGIONS.peripherals) || inside(address, REGIONS.core)).toBe(true);
        expect(address % KIB).toBe(0);
      }
      for (const address of [core.romTable, ...Object.values(core.blocks)]) {
        expect(inside(address, REGIONS.core)).toBe(true);
        expect(address % (4 * KIB)).toBe(0);
      }
      expect(new Set(Object.values(core.blocks)).size).toBe(Object.keys(core.blocks).length);
    },
  );

  test.each(allSeries)('has flash where images are checked for: %s', (_name, { flashBase, lines }) => {
    expect(flashBase).toBe(FLASH_BASE);
    for (const { flashSizesKib } of lines)
      expect(flashBase + flashSizesKib.at(-1)! * KIB).toBeLessThanOrEqual(FLASH_ROOM_END);
  });

  test.each(allSeries)('has size and unique id inside its signature words: %s', (_name, { signature }) => {
    const words = { from: signature.from, to: signature.from + 4 * signature.words };
    expect(inside(signature.from, { from: SYSTEM_MEMORY, to: REGIONS.code.to })).toBe(true);
    for (const address of [signature.flashSize, signature.uid, signature.uid + 8]) {
      expect(inside(address, words)).toBe(true);
      expect(address % 4).toBe(0);
    }
  });

  test.each(allSeries)(
    'freezes by bits of 32, and says what happens to the others: %s',
    (_name, { freeze }) => {
      expect(freeze.length).toBeGreaterThan(0);
      for (const { offset, value } of freeze) {
        expect(offset % 4).toBe(0);
        expect(inside(value, { from: 1, to: 2 ** 32 })).toBe(true);
      }
    },
  );

  test.each(allSeries)('has a clock of which flash knows the wait states: %s', (_name, { clock }) => {
    // None up to 24 MHz, one up to 48 MHz, two above; prefetch on.
    expect(clock.flashAcr).toBe(0x10 | (Math.ceil(clock.hertz / 24_000_000) - 1));
    expect(clock.rccCfgr & 3).toBe(0);
    const times = ((clock.rccCfgr >>> 18) & 15) + 2;
    expect(times * 4_000_000).toBe(clock.hertz);
  });

  test.each(allSeries)(
    'is found by a core that no other series has at another place: %s',
    (_name, series) => {
      expect(series.partNumbers.length).toBeGreaterThan(0);
      for (const part of series.partNumbers) expect(part >>> 4).toBeGreaterThan(0xc0);
    },
  );
});

describe('the option bytes', () => {
  test.each(allSeries)('of a series do not overlap: %s', (_name, { options }) => {
    const taken = new Map<number, string>();
    for (const [name, field] of Object.entries(options.fields)) {
      for (const bit of bitsOf(field)) {
        expect([bit, taken.get(bit)]).toEqual([bit, undefined]);
        taken.set(bit, name);
        expect(bit).toBeLessThan(8 * options.factory.length);
      }
    }
  });

  test.each(allSeries)('of a series leave flash readable when fresh: %s', (_name, { options }) => {
    const { off, on, permanent } = options.readProtection;
    expect(options.fields.RDP).toEqual({ byte: 0, bit: 0, bits: 8 });
    expect(options.factory[0]).toBe(off);
    expect(options.factory.slice(1).every((byte) => byte === 0xff)).toBe(true);
    expect(new Set([off, on, permanent]).size).toBe(3);
    expect([off, on]).not.toContain(0xff);
  });

  test.each(allSeries)('of a series are in its system memory: %s', (_name, { options }) => {
    expect(inside(options.base, { from: SYSTEM_MEMORY, to: REGIONS.code.to })).toBe(true);
    expect(options.factory).toHaveLength(8);
  });

  test.each(allSeries)('of a series are shown without overlap by FLASH_OBR: %s', (_name, { options }) => {
    const { error, readProtected, shifts } = options.loaded;
    expect(error & readProtected).toBe(0);
    expect(ascending(shifts)).toBe(true);
    for (const [i, shift] of shifts.entries()) {
      expect((error | readProtected) >>> shift).toBe(0);
      expect(shift + 8).toBeLessThanOrEqual(shifts[i + 1] ?? 32);
    }
  });

  test.each(allSeries)(
    'of a series have as many bits as those of that name elsewhere: %s',
    (_name, { options }) => {
      for (const [name, { bits }] of Object.entries(options.fields))
        expect([name, OPTION_FIELDS.get(name)?.bits]).toEqual([name, bits]);
    },
  );

  test.each(allSeries)('of a line are named by lines of that series: %s', (_name, { options, lines }) => {
    const ids = lines.map(({ deviceId }) => deviceId);
    for (const field of Object.values(options.fields))
      for (const id of field.lines ?? []) expect(ids).toContain(id);
  });
});

describe('every register of an identity', () => {
  const rows = REGISTER_NAMES.map((name) => [name, IDENTITY_REGISTERS[name] as RegisterRow] as const);

  test.each(rows)('names its source, and a word in a block: %s', (_name, row) => {
    expect(row.source).toMatch(SOURCE);
    expect(row.offset % 4).toBe(0);
    expect(inside(row.offset, { from: 0, to: 4 * KIB })).toBe(true);
    expect(row.in.length).toBeGreaterThan(0);
  });

  test.each(rows)('is in at least one series: %s', (_name, row) => {
    expect(SERIES.some((series) => registerAddress(series, row) !== null)).toBe(true);
  });

  test.each(allSeries)('has an address of its own in %s', (_name, series: Series) => {
    const addresses = rows.flatMap(([, row]) => registerAddress(series, row) ?? []);
    expect(new Set(addresses).size).toBe(addresses.length);
  });
});

function bitsOf({ byte, bit, bits }: OptionField): number[] {
  return Array.from({ length: bits }, (_, i) => 8 * byte + bit + i);
}
