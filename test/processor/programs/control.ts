import { branchTo, moveWord } from './assembly.ts';
import { itBlock, plain, type Block, type Unit } from './block.ts';

const PC = 15;
const PLACEHOLDER = [0, 0];

/** Instructions that the branch before them jumps over, or not. */
function skipped(block: Block): void {
  block.draw.maybeSkipped(() => block.inner(block.random.below(4)));
}

/** The same for branches that do not reach far: at most 60 bytes. */
function skippedNear(block: Block): void {
  block.draw.maybeSkipped(() => {
    for (let i = block.random.below(4); i > 0; i -= 1) plain(block);
  });
}

/** Now and then the branch is the only instruction of an IT block. */
function perhapsConditional(block: Block): void {
  if (block.random.chance(0.25)) block.code.test('IT', [itBlock(block.random, 1)]);
}

const branchNarrow: Unit = (block) => {
  perhapsConditional(block);
  const at = block.code.address;
  block.code.test('B (T2)', [0]);
  skipped(block);
  block.code.patch(at, 0xe000 | (((block.code.address - at - 4) >> 1) & 0x7ff));
};

const branchWide: Unit = (block) => {
  const { code, random } = block;
  perhapsConditional(block);
  const link = random.chance(0.5);
  const at = code.address;
  if (link) block.draw.forget(14);
  code.test(link ? 'BL' : 'B.W (T4)', PLACEHOLDER);
  skipped(block);
  code.patch(at, ...branchTo(at, code.address, link));
};

const branchConditional: Unit = (block) => {
  const { code, random } = block;
  const at = code.address;
  const condition = random.below(14);
  const wide = random.chance(0.5);
  code.test(wide ? 'B<c>.W (T3)' : 'B<c> (T1)', wide ? PLACEHOLDER : [0]);
  if (wide) skipped(block);
  else skippedNear(block);
  const halfWords = (code.address - at - 4) >> 1;
  if (wide) code.patch(at, 0xf000 | (condition << 6) | (halfWords < 0 ? 0x43f : 0), wideLow(halfWords));
  else code.patch(at, 0xd000 | (condition << 8) | (halfWords & 0xff));
};

const wideLow = (halfWords: number): number => 0x8000 | (halfWords < 0 ? 0x2800 : 0) | (halfWords & 0x7ff);

const compareAndBranch: Unit = (block) => {
  const { code, random } = block;
  const at = code.address;
  const opcode = random.chance(0.5) ? 0xb900 : 0xb100;
  const n = block.draw.low();
  code.test(opcode === 0xb900 ? 'CBNZ' : 'CBZ', [0]);
  // These only branch forward, by an offset that is not negative: at least one half-word stands between.
  code.test('NOP (T1)', [0xbf00]);
  skippedNear(block);
  const halfWords = (code.address - at - 4) >> 1;
  code.patch(at, opcode | ((halfWords & 0x20) << 4) | ((halfWords & 0x1f) << 3) | n);
};

/** A loop of a few turns; its counter is left alone by its body. */
const loop: Unit = (block) => {
  const { code, draw, random } = block;
  const counter = draw.lowTarget();
  code.test('MOV (immediate, T1)', [0x2000 | (counter << 8) | random.between(2, 4)]);
  draw.lock(counter);
  draw.forgetAll();
  const head = code.address;
  block.inner(random.between(1, 4));
  code.test('SUB (immediate, T2)', [0x3801 | (counter << 8)]);
  const offset = head - (code.address + 4);
  const halfWords = offset >> 1;
  if (halfWords >= -128) code.test('B<c> (T1)', [0xd100 | (halfWords & 0xff)]);
  else code.test('B<c>.W (T3)', [0xf47f, wideLow(halfWords)]);
  draw.unlock(counter);
};

/** Branches to an address in a register. */
const branchToRegister: Unit = (block) => {
  const { code, draw, random } = block;
  const at = code.address;
  const m = draw.holding(0);
  draw.forget(m);
  perhapsConditional(block);
  switch (random.below(3)) {
    case 0:
      code.test('BX', [0x4700 | (m << 3)]);
      break;
    case 1:
      draw.forget(14);
      code.test('BLX (register)', [0x4780 | (m << 3)]);
      break;
    default:
      code.test('MOV (register, T1) to PC', [0x4687 | (m << 3)]);
  }
  skipped(block);
  code.patch(at, ...moveWord(m, code.address | 1));
};

const addToPc: Unit = (block) => {
  const { code, draw } = block;
  const at = code.address;
  const m = draw.holding(0);
  draw.forget(m);
  perhapsConditional(block);
  const branch = code.address;
  code.test('ADD (register, T2) to PC', [0x4487 | (m << 3)]);
  code.test('NOP (T1)', [0xbf00]);
  skipped(block);
  code.patch(at, ...moveWord(m, code.address - branch - 4));
};

/** Loads of PC: from the stack, from memory, as the last of a list. */
const loadPc: Unit = (block) => {
  const { code, draw, random } = block;
  const at = code.address;
  const value = draw.holding(0, true);
  draw.forget(value);
  switch (random.below(4)) {
    case 0: {
      code.test('PUSH (T1)', [0xb400 | (1 << value)]);
      const low = draw.targets([0, 1, 2, 3, 4, 5, 6, 7], 3);
      for (let i = 0; i < 8; i += 1) if ((low >>> i) & 1) code.emit(0xb081);
      perhapsConditional(block);
      code.test('POP (T1) to PC', [0xbd00 | low]);
      break;
    }
    case 1: {
      const n = draw.pointer({ alignment: 4, not: [value] });
      code.emit(0xf8c0 | n, value << 12);
      perhapsConditional(block);
      code.test('LDR.W (immediate) to PC', [0xf8d0 | n, PC << 12]);
      break;
    }
    case 2: {
      const n = draw.pointer({ alignment: 4, not: [value] });
      code.emit(0xf8c0 | n, value << 12);
      draw.forget(n);
      perhapsConditional(block);
      const down = random.chance(0.5) ? 0 : 0x200;
      code.test('LDR.W (post-indexed) to PC', [0xf850 | n, (PC << 12) | 0x900 | down | random.below(256)]);
      break;
    }
    default: {
      const n = draw.pointer({ alignment: 4, not: [value] });
      const list = draw.targets([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 4, [n, value]) || 1 << value;
      const words = [...Array(13).keys()].filter((i) => (list >>> i) & 1).length;
      code.emit(0xf8c0 | n, (value << 12) | (words * 4));
      if (list === 1 << value) draw.forget(value);
      const writeBack = random.chance(0.5) && !((list >>> n) & 1);
      if (writeBack) draw.forget(n);
      perhapsConditional(block);
      code.test('LDMIA.W to PC', [0xe890 | (writeBack ? 0x20 : 0) | n, 0x8000 | list]);
    }
  }
  skipped(block);
  code.patch(at, ...moveWord(value, code.address | 1));
};

/** TBB and TBH with their table behind them, or elsewhere. */
const tableBranch: Unit = (block) => {
  const { code, draw, random } = block;
  const half = random.chance(0.5);
  const entries = random.between(2, 4) * 2;
  const index = random.below(entries);
  const m = draw.holding(index);
  const n = random.chance(0.5) ? PC : draw.holding(0, false, [m]);
  const base = code.address - 8;
  if (n !== PC) draw.forget(n);
  const at = code.address;
  code.test(half ? 'TBH' : 'TBB', [0xe8d0 | n, 0xf000 | (half ? 0x10 : 0) | m]);
  const table = code.address;
  for (let i = 0; i < entries; i += half ? 1 : 2) code.emit(0);
  if (n !== PC) code.patch(base, ...moveWord(n, table));
  const starts = [code.address];
  for (let i = 0; i < 3; i += 1) {
    draw.maybeSkipped(() => {
      if (half) block.inner(random.below(3));
      else plain(block);
    });
    starts.push(code.address);
  }
  const distances = Array.from({ length: entries }, () => (random.pick(starts) - (at + 4)) / 2);
  if (half) distances.forEach((distance, i) => code.patch(table + 2 * i, distance));
  else for (let i = 0; i < entries; i += 2) code.patch(table + i, distances[i]! | (distances[i + 1]! << 8));
};

/** Units that branch. Every branch goes forward but a loop's, so every program ends. */
export const CONTROL: readonly Unit[] = [
  branchNarrow,
  branchWide,
  branchConditional,
  compareAndBranch,
  loop,
  branchToRegister,
  addToPc,
  loadPc,
  tableBranch,
];

/** Those that leave the stack where it is. */
export const CONTROL_IN_HANDLERS = CONTROL.filter((unit) => unit !== loadPc);
