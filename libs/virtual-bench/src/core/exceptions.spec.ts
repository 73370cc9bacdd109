import { BareCore, HANDLER, STACK_TOP, START } from './testing/bare-core.ts';

// Where QEMU's Cortex-M3 has shown the core to be wrong (test/processor), and where the two differ on purpose.
const NOP = 0xbf00;
const BX_LR = 0x4770;
const SVC = 0xdf00;
const CPSID_I = 0xb672;
const ICSR = 0xe000ed04;
const CCR = 0xe000ed14;
const SHCSR = 0xe000ed24;
const CFSR = 0xe000ed28;
const HFSR = 0xe000ed2c;
const BFAR = 0xe000ed38;
const STIR = 0xe000ef00;
const NVIC_ISPR = 0xe000e200;
const NVIC_ICPR = 0xe000e280;
const FORCED = 0x40000000;
const DEBUGEVT = 0x80000000;
const INVPC = 0x00040000;
const PRECISE = 0x00008200;
const HARD_FAULT = 3;
const BUS_FAULT = 5;
const USAGE_FAULT = 6;
const SVCALL = 11;
const PENDSV = 14;

/** The word at an offset of the frame that the last exception has pushed. */
const frame = ({ core, memory }: BareCore, offset: number): number =>
  memory.read((core.r[13]! >>> 0) + offset, 4);
const RETURN_ADDRESS = 24;
const XPSR = 28;

describe('HardFault', () => {
  test('BKPT without a debugger returns to itself and names the debug event', () => {
    const bare = new BareCore([NOP, 0xbe00]);
    bare.step(2);
    expect(bare.core.ipsr).toBe(HARD_FAULT);
    expect(frame(bare, RETURN_ADDRESS)).toBe(START + 2);
    expect(bare.system(HFSR)).toBe(DEBUGEVT);
  });

  test('a call that cannot be taken is forced, and returns behind itself', () => {
    const bare = new BareCore([CPSID_I, SVC]);
    bare.step(2);
    expect(bare.core.ipsr).toBe(HARD_FAULT);
    expect(frame(bare, RETURN_ADDRESS)).toBe(START + 4);
    expect(bare.system(HFSR)).toBe(FORCED);
  });
});

describe('the end of a handler', () => {
  test('with another exception pending the next handler starts on the same frame, registers untouched', () => {
    const bare = new BareCore([SVC, NOP]);
    bare.place(HANDLER, [0x2007, BX_LR]); // MOVS r0, #7
    bare.step();
    bare.core.ppbWrite(ICSR, 4, 1 << 28);
    const stack = bare.core.r[13]!;
    bare.step();
    const before = bare.core.cycles;
    bare.step();
    expect(bare.core.ipsr).toBe(PENDSV);
    expect(bare.core.r[13]).toBe(stack);
    expect(bare.core.r[0]).toBe(7);
    expect(bare.core.r[14]! >>> 0).toBe(0xfffffff9);
    // Popping and pushing again would take 22 cycles.
    expect(bare.core.cycles - before).toBeLessThan(12);
  });

  test('a kind of return that does not exist is a UsageFault on the same frame', () => {
    const bare = new BareCore([SVC, NOP]);
    bare.core.ppbWrite(SHCSR, 4, 0x70000);
    bare.place(HANDLER, [BX_LR]);
    bare.step();
    const stack = bare.core.r[13]!;
    bare.set({ 14: 0xfffffff3 });
    bare.step();
    expect(bare.core.ipsr).toBe(USAGE_FAULT);
    expect(bare.core.r[13]).toBe(stack);
    expect(bare.system(CFSR)).toBe(INVPC);
    expect(bare.core.r[14]! >>> 0).toBe(0xfffffff3);
  });

  test('a frame of a handler is not returned to in thread mode', () => {
    const bare = new BareCore([SVC, NOP]);
    bare.place(HANDLER, [BX_LR]);
    bare.step();
    const at = (bare.core.r[13]! >>> 0) + XPSR;
    bare.memory.write(at, 4, bare.memory.read(at, 4) | SVCALL);
    bare.step();
    expect(bare.core.ipsr).toBe(HARD_FAULT);
    expect(bare.system(CFSR)).toBe(INVPC);
    expect(bare.system(HFSR)).toBe(FORCED);
    expect(frame(bare, RETURN_ADDRESS)).toBe(START + 2);
  });
});

describe('interrupts', () => {
  test('one that software has triggered can be taken back', () => {
    const { core } = new BareCore([]);
    core.ppbWrite(STIR, 4, 3);
    expect(core.ppbRead(NVIC_ISPR, 4)).toBe(8);
    core.ppbWrite(NVIC_ICPR, 4, 8);
    expect(core.ppbRead(NVIC_ISPR, 4)).toBe(0);
  });

  test('ISRPENDING tells of an interrupt that is off, or behind something more urgent', () => {
    const { core } = new BareCore([CPSID_I]);
    core.ppbWrite(NVIC_ISPR, 4, 1);
    expect((core.ppbRead(ICSR, 4) >>> 22) & 1).toBe(1);
    core.ppbWrite(ICSR, 4, 1 << 28);
    expect((core.ppbRead(ICSR, 4) >>> 22) & 1).toBe(1);
    core.ppbWrite(NVIC_ICPR, 4, 1);
    expect((core.ppbRead(ICSR, 4) >>> 22) & 1).toBe(0);
  });
});

describe('stacking', () => {
  test.each([
    ['m3-r1p1', 0, 32],
    ['m3-r2p0', 0x200, 36],
    ['m3-r2p1', 0x200, 36],
    ['m4-r0p1', 0x200, 36],
  ] as const)(
    '%s comes out of reset with CCR %i: at an odd word it takes %i bytes',
    (revision, ccr, bytes) => {
      const bare = new BareCore([SVC], revision);
      expect(bare.system(CCR)).toBe(ccr);
      bare.set({ 13: STACK_TOP - 4 });
      bare.step();
      expect(STACK_TOP - 4 - bare.core.r[13]!).toBe(bytes);
    },
  );
});

describe('unprivileged code', () => {
  const unprivileged = (program: readonly number[]): BareCore => {
    const bare = new BareCore(program);
    bare.core.ppbWrite(SHCSR, 4, 0x70000);
    bare.core.setControl(1);
    return bare;
  };

  test('reads both stack pointers as zero', () => {
    const bare = unprivileged([0xf3ef, 0x8008, 0xf3ef, 0x8109]); // MRS r0, MSP; MRS r1, PSP
    bare.set({ 0: 1, 1: 1 });
    bare.step(2);
    expect([...bare.core.r.subarray(0, 2)]).toEqual([0, 0]);
  });

  test.each([
    ['loads', 0x6801],
    ['stores', 0x6001],
  ])('gets a bus error where it %s system registers', (_what, opcode) => {
    const bare = unprivileged([opcode]);
    bare.set({ 0: CCR });
    bare.step();
    expect(bare.core.ipsr).toBe(BUS_FAULT);
    expect(bare.system(CFSR)).toBe(PRECISE);
    expect(bare.system(BFAR)).toBe(CCR);
  });

  test('may trigger interrupts where CCR.USERSETMPEND says so', () => {
    const bare = unprivileged([0x6001]);
    bare.core.ppbWrite(CCR, 4, 2);
    bare.set({ 0: STIR, 1: 5 });
    bare.step();
    expect(bare.core.ipsr).toBe(0);
    expect(bare.core.ppbRead(NVIC_ISPR, 4)).toBe(1 << 5);
  });

  test('is what LDRT counts as, whoever asks', () => {
    const bare = new BareCore([0x6801, 0xf850, 0x1e00]); // LDR r1, [r0]; LDRT r1, [r0]
    bare.set({ 0: CCR });
    bare.step();
    expect(bare.core.ipsr).toBe(0);
    bare.step();
    expect(bare.core.ipsr).toBe(HARD_FAULT);
    expect(bare.system(BFAR)).toBe(CCR);
  });
});
