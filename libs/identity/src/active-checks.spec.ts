import { findProbes, openProbe } from '@boardwalk/probe';
import { BOARD_PROFILES, createVirtualBench } from '@boardwalk/virtual-bench';
import { ProbeError, type Target } from '@boardwalk/debug';
import { jest } from '@jest/globals';
import { readIdentity } from './read-identity.ts';

jest.setTimeout(120_000);

const KIB = 1024;
const SRAM = 0x20000000;
/** Blocks whose every word is compared: core debug, system control, interrupts, flash interface, clocks, debug unit. */
const BLOCKS: readonly (readonly [name: string, from: number, words: number])[] = [
  ['interrupt enables', 0xe000e100, 8],
  ['interrupt priorities', 0xe000e400, 16],
  ['system control', 0xe000ed00, 16],
  ['DEMCR', 0xe000edfc, 1],
  ['flash interface', 0x40022000, 9],
  ['clocks', 0x40021000, 10],
  ['debug unit', 0xe0042000, 2],
];

async function attached<Result>(
  spec: string,
  connect: 'under-reset' | 'normal' | 'hot',
  work: (target: Target, now: () => number) => Promise<Result>,
): Promise<Result> {
  const bench = await createVirtualBench({ boards: [spec], threads: 'inline' });
  try {
    const [found] = await findProbes(bench.bus);
    const probe = await openProbe(found!.device);
    return await work(await probe.attach({ connect }), () => probe.clock.now());
  } finally {
    await bench.close();
  }
}

/** Bytes that differ from word to word. */
const pattern = (bytes: number): Uint8Array =>
  Uint8Array.from({ length: bytes }, (_, at) => (at * 167 + (at >> 8)) & 0xff);

/** Everything that a debugger sees of a target: words that a chip does not have are null. */
async function stateOf(target: Target, sramBytes: number): Promise<Record<string, unknown>> {
  const words: Record<string, number | null> = {};
  for (const [name, from, count] of BLOCKS)
    for (let index = 0; index < count; index += 1)
      words[`${name} ${index}`] = await target.readWord(from + 4 * index).catch((cause: unknown) => {
        if (cause instanceof ProbeError && cause.code === 'target.fault') return null;
        throw cause;
      });
  const core = await target.readRegisters();
  const sram = Buffer.from(await target.readMemory(SRAM, sramBytes)).toString('base64');
  return { words, core, sram, state: await target.state() };
}

const profiles = [...BOARD_PROFILES.values()].map(({ name, sramBytes }) => [name, sramBytes] as const);

test.each(profiles)(
  'reading every identity register of a halted %s leaves the whole target as it was',
  (name, sramBytes) =>
    attached(name, 'under-reset', async (target) => {
      await target.writeMemory(SRAM, pattern(sramBytes));
      const before = await stateOf(target, sramBytes);
      await readIdentity(target, { targetVoltage: null, readUnderReset: true, activeChecks: true });
      expect(await stateOf(target, sramBytes)).toEqual(before);
    }),
);

test.each(['f103cb', 'gd32', 'mh2103'])(
  'a %s that is read hot runs on, and nothing is written to it',
  (name) =>
    attached(name, 'hot', async (target) => {
      const written: number[] = [];
      const write = target.writeWord.bind(target);
      target.writeWord = (address, value) => {
        written.push(address);
        return write(address, value);
      };
      const demcr = await target.readWord(0xe000edfc);
      await readIdentity(target, { targetVoltage: null, readUnderReset: false, activeChecks: true });
      expect(await target.isHalted()).toBe(false);
      expect(await target.readWord(0xe000edfc)).toBe(demcr);
      expect(new Set(written)).toEqual(new Set([0xe000edfc]));
    }),
);

test('without the switch nothing but the trace enable is written, and what only writing shows is named as not read', () =>
  attached('f103cb', 'under-reset', async (target) => {
    const written: number[] = [];
    const write = target.writeWord.bind(target);
    target.writeWord = (address, value) => {
      written.push(address);
      return write(address, value);
    };
    const identity = await readIdentity(target, {
      targetVoltage: null,
      readUnderReset: true,
      activeChecks: false,
    });
    expect(new Set(written)).toEqual(new Set([0xe000edfc]));
    expect(identity).toMatchObject({
      vtorReadback: null,
      ahbenrSticky: null,
      priorityBits: null,
      sramBeyond: null,
    });
    expect(identity.unread).toContainEqual({
      item: 'priorityBits',
      why: expect.stringMatching(/recipe/) as string,
    });
  }));

test.each([
  ['f103c8', false],
  ['f103c6', false],
  ['f103rc', false],
  ['f103re', false],
  ['f103rg', false],
  ['mh2103', true],
  ['m4-no-fpu', true],
  ['cks32', false],
])('SRAM of a %s answers past the end of its line: %s', async (name, beyond) => {
  const { sramBeyond } = await attached(name, 'under-reset', (target) =>
    readIdentity(target, { targetVoltage: null, readUnderReset: true }),
  );
  expect(sramBeyond).toBe(beyond);
});

test.each(['v2j17', 'v2j37', 'v3j10'])(
  'through a %s, the active checks add at most 60 ms of modelled time',
  async (probe) => {
    const took = (activeChecks: boolean) =>
      attached(`f103cb+probe=${probe}`, 'under-reset', async (target, now) => {
        const before = now();
        await readIdentity(target, { targetVoltage: null, readUnderReset: true, activeChecks });
        return now() - before;
      });
    const [passive, active] = [await took(false), await took(true)];
    expect(active).toBeGreaterThan(passive);
    expect(active - passive).toBeLessThanOrEqual(60);
  },
);

test('the virtual boards here have at least a dozen sizes of SRAM and makers', () => {
  expect(profiles.length).toBeGreaterThan(24);
  expect(new Set(profiles.map(([, bytes]) => bytes)).size).toBeGreaterThan(6);
  expect(Math.max(...profiles.map(([, bytes]) => bytes))).toBeLessThanOrEqual(128 * KIB);
});
