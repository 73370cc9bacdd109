import { BareCore, HANDLER, STACK_TOP, START } from './testing/bare-core.ts';

// What QEMU's Cortex-M0 does not show, or does in another way (test/processor/README.md); the rest is in lockstep with it.
const NOP = 0xbf00;
const HARD_FAULT = 3;
const RAM = 0x20000000;
const m0 = (...program: number[]): BareCore => new BareCore(program, 'm0-r0p0');

/** The frame's return address after a HardFault. */
const returnAddress = ({ core, memory }: BareCore): number => memory.read((core.r[13]! >>> 0) + 24, 4);

describe('an encoding that ARMv6-M does not have is a HardFault at its own address', () => {
  test.each([
    ['IT EQ', [0xbf08]],
    ['CBZ', [0xb108]],
    ['CBNZ', [0xb908]],
    ['CPSID f', [0xb671]],
    ['MOVW', [0xf240, 0x0001]],
    ['MOV.W', [0xf04f, 0x0001]],
    ['ADD.W', [0xeb00, 0x0001]],
    ['LDR.W', [0xf8d0, 0x1000]],
    ['LDRD', [0xe9d0, 0x1200]],
    ['B.W', [0xf000, 0xb800]],
    ['BEQ.W', [0xf000, 0x8000]],
    ['NOP.W', [0xf3af, 0x8000]],
    ['CLREX', [0xf3bf, 0x8f2f]],
    ['UDIV', [0xfbb0, 0xf0f1]],
    ['MLA', [0xfb00, 0x0001]],
    ['CLZ', [0xfab0, 0xf080]],
    ['TBB', [0xe8d0, 0xf001]],
    ['LDREX', [0xe850, 0x1f00]],
  ])('%s', (_name, program) => {
    const bare = m0(...program);
    bare.set({ 0: RAM });
    bare.step();
    expect(bare.core.ipsr).toBe(HARD_FAULT);
    expect(returnAddress(bare)).toBe(START);
  });
});

describe('memory', () => {
  test.each([
    ['a word', 0x6801, 2],
    ['a half-word', 0x8801, 1],
    ['a stored word', 0x6001, 2],
    ['a stored half-word', 0x8001, 1],
    ['LDM', 0xc806, 2],
    ['the bit-band alias', 0x6801, 0x02000000],
  ])('%s at an address that does not fit is a HardFault', (_what, opcode, offset) => {
    const bare = m0(opcode);
    bare.set({ 0: RAM + offset });
    bare.step();
    expect(bare.core.ipsr).toBe(HARD_FAULT);
  });

  test('there is a byte access to memory, but none to NVIC', () => {
    const bare = m0(0x7801, 0x7810);
    bare.set({ 0: RAM, 2: 0xe000e400 });
    bare.step();
    expect(bare.core.ipsr).toBe(0);
    bare.step();
    expect(bare.core.ipsr).toBe(HARD_FAULT);
  });
});

describe('system registers', () => {
  const CPUID = 0xe000ed00;
  const ICSR = 0xe000ed04;
  const VTOR = 0xe000ed08;
  const AIRCR = 0xe000ed0c;
  const CCR = 0xe000ed14;
  const SHPR3 = 0xe000ed20;
  const IPR0 = 0xe000e400;

  test('CPUID names a Cortex-M0 r0p0, CCR is fixed, priorities have two bits', () => {
    const bare = m0();
    for (const address of [CCR, SHPR3, IPR0]) bare.core.ppbWrite(address, 4, 0xffffffff);
    expect([CPUID, CCR, SHPR3, IPR0].map((address) => bare.system(address))).toEqual([
      0x410cc200, 0x208, 0xc0c00000, 0xc0c0c0c0,
    ]);
  });

  test('VTOR and the fault status registers read as zero, also after a fault', () => {
    const bare = m0(0xde00);
    bare.core.ppbWrite(VTOR, 4, 0x400);
    bare.step();
    expect(bare.core.ipsr).toBe(HARD_FAULT);
    expect(bare.core.pc).toBe(HANDLER);
    const absent = [VTOR, 0xe000ed24, 0xe000ed28, 0xe000ed2c, 0xe000ed34, 0xe000ed38, 0xe000ed40, 0xe000e004];
    expect(absent.map((address) => bare.system(address))).toEqual(absent.map(() => 0));
  });

  test('AIRCR has no priority groups, ICSR no RETTOBASE', () => {
    const bare = m0(0xdf00);
    bare.core.ppbWrite(AIRCR, 4, 0x05fa0700);
    bare.step();
    expect(bare.system(AIRCR)).toBe(0xfa050000);
    expect(bare.system(ICSR)).toBe(11);
  });

  test('BASEPRI, FAULTMASK and CONTROL.nPRIV are not there', () => {
    // MSR BASEPRI, r0; MSR FAULTMASK, r0; MSR CONTROL, r0; MRS r1, BASEPRI; MRS r2, FAULTMASK; MRS r3, CONTROL
    const bare = m0(
      0xf380,
      0x8811,
      0xf380,
      0x8813,
      0xf380,
      0x8814,
      0xf3ef,
      0x8111,
      0xf3ef,
      0x8213,
      0xf3ef,
      0x8314,
    );
    bare.set({ 0: -1 });
    bare.step(6);
    expect([...bare.core.r.subarray(1, 4)]).toEqual([0, 0, 2]);
  });

  test('an exception frame is aligned to eight bytes', () => {
    const bare = m0(0xdf00);
    bare.set({ 13: STACK_TOP - 4 });
    bare.step();
    expect(STACK_TOP - 4 - bare.core.r[13]!).toBe(36);
  });
});

describe('debug', () => {
  const DHCSR = 0xe000edf0;
  const DEMCR = 0xe000edfc;
  const BPU = 0xe0002000;
  const DWT = 0xe0001000;

  test('debug registers, BPU and DWT are a debugger’s alone', () => {
    const { core } = m0();
    core.debugWrite(DEMCR, 4, 0x01000401);
    core.ppbWrite(DEMCR, 4, 0);
    expect([DHCSR, DEMCR, BPU, DWT].map((address) => core.ppbRead(address, 4))).toEqual([0, 0, 0, 0]);
    expect(core.debugRead(DEMCR, 4)).toBe(0x01000401);
  });

  test('DEMCR has VC_CORERESET, VC_HARDERR and DWTENA', () => {
    const { core } = m0();
    core.debugWrite(DEMCR, 4, 0xffffffff);
    expect(core.debugRead(DEMCR, 4)).toBe(0x01000401);
  });

  test('four breakpoints and two watchpoints, no cycle counter, and the program counter to be sampled', () => {
    const { core } = m0(NOP);
    core.debugWrite(DEMCR, 4, 1 << 24);
    core.debugWrite(DWT, 4, 1);
    core.run(core.cycles + 1);
    expect([BPU, DWT, DWT + 4, DWT + 0x1c].map((address) => core.debugRead(address, 4))).toEqual([
      0x40,
      0x20000000,
      0,
      START + 2,
    ]);
  });

  test('a breakpoint of the BPU halts before its half-word', () => {
    const { core } = m0(NOP, NOP, NOP);
    core.debugWrite(DHCSR, 4, 0xa05f0001);
    core.debugWrite(BPU, 4, 3);
    core.debugWrite(BPU + 8, 4, (START | 0x80000001) >>> 0);
    core.run(core.cycles + 20);
    expect(core.halted).toBe(true);
    expect(core.pc).toBe(START + 2);
  });

  test('where no component is, the private bus reads as zero', () => {
    const { core } = m0();
    expect([0xe0000000, 0xe0040000, 0xe0041000, 0xe0030000].map((at) => core.debugRead(at, 4))).toEqual([
      0, 0, 0, 0,
    ]);
  });
});

describe('cycles', () => {
  const r = { 0: RAM, 1: 4, 2: RAM + 0x100 };
  test.each([
    ['ADDS', [0x1c4b], 1],
    ['MULS', [0x4349], 1],
    ['LDR', [0x6803], 2],
    ['STR', [0x6003], 2],
    ['STRH with a register', [0x5243], 2],
    ['B', [0xe7fe], 3],
    ['BL', [0xf000, 0xf800], 4],
    ['BX', [0x4710], 3],
    ['LDM of three', [0xc838], 4],
    ['MRS', [0xf3ef, 0x8310], 4],
    ['DSB', [0xf3bf, 0x8f4f], 4],
  ])('%s takes as many as the manual says', (_name, program, cycles) => {
    const bare = m0(...program);
    bare.set(r);
    const before = bare.core.cycles;
    bare.core.run(before + 1);
    // The bare memory adds one cycle to each instruction.
    expect(bare.core.cycles - before - 1).toBe(cycles);
  });
});
