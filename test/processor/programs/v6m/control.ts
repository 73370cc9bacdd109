import { branchTo, NOP } from '../assembly.ts';
import type { Block, Unit } from '../block.ts';
import { FORMS_16 } from '../forms-16.ts';
import { FORMS_MEMORY_16 } from '../forms-memory.ts';

/** QEMU's YIELD is not one step. */
const REGISTER_FORMS = FORMS_16.filter(({ name }) => name !== 'YIELD (T1)');
export const FORMS_V6 = [...REGISTER_FORMS, ...FORMS_MEMORY_16];

export const registersOnly: Unit = (block) => block.test(block.random.pick(REGISTER_FORMS));

export const plainV6: Unit = (block) =>
  block.random.chance(0.6) ? registersOnly(block) : block.test(block.random.pick(FORMS_MEMORY_16));

const skipped = (block: Block): void => block.draw.maybeSkipped(() => block.inner(block.random.below(4)));

const skippedNear = (block: Block): void =>
  block.draw.maybeSkipped(() => {
    for (let i = block.random.below(4); i > 0; i -= 1) plainV6(block);
  });

const branch: Unit = (block) => {
  const at = block.code.address;
  block.code.test('B (T2)', [0]);
  skipped(block);
  block.code.patch(at, 0xe000 | (((block.code.address - at - 4) >> 1) & 0x7ff));
};

const branchLink: Unit = (block) => {
  const at = block.code.address;
  block.draw.forget(14);
  block.code.test('BL', [0, 0]);
  skipped(block);
  block.code.patch(at, ...branchTo(at, block.code.address, true));
};

const branchConditional: Unit = (block) => {
  const at = block.code.address;
  block.code.test('B<c> (T1)', [0]);
  skippedNear(block);
  const halfWords = (block.code.address - at - 4) >> 1;
  block.code.patch(at, 0xd000 | (block.random.below(14) << 8) | (halfWords & 0xff));
};

/** A loop of a few turns; its counter is left alone by its body. */
const loop: Unit = (block) => {
  const { code, draw, random } = block;
  const counter = draw.lowTarget();
  code.test('MOV (immediate, T1)', [0x2000 | (counter << 8) | random.between(2, 4)]);
  draw.lock(counter);
  draw.forgetAll();
  const head = code.address;
  for (let i = random.between(1, 3); i > 0; i -= 1) plainV6(block);
  code.test('SUB (immediate, T2)', [0x3801 | (counter << 8)]);
  code.test('B<c> (T1)', [0xd100 | (((head - code.address - 4) >> 1) & 0xff)]);
  draw.unlock(counter);
};

const branchToRegister: Unit = (block) => {
  const { code, draw, random } = block;
  const at = code.address;
  const m = draw.holding(0);
  draw.forget(m);
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
  code.patchWord(at, m, code.address | 1);
};

const addToPc: Unit = (block) => {
  const { code, draw } = block;
  const at = code.address;
  const m = draw.holding(0);
  draw.forget(m);
  const branchAt = code.address;
  code.test('ADD (register, T2) to PC', [0x4487 | (m << 3)]);
  code.emit(NOP);
  skipped(block);
  code.patchWord(at, m, code.address - branchAt - 4);
};

const popPc: Unit = (block) => {
  const { code, draw } = block;
  const at = code.address;
  const value = draw.holding(0, true);
  draw.forget(value);
  code.test('PUSH (T1)', [0xb400 | (1 << value)]);
  const low = draw.targets([0, 1, 2, 3, 4, 5, 6, 7], 3);
  for (let i = 0; i < 8; i += 1) if ((low >>> i) & 1) code.emit(0xb081); // SUB sp, #4
  code.test('POP (T1) to PC', [0xbd00 | low]);
  skipped(block);
  code.patchWord(at, value, code.address | 1);
};

/** Units that branch. Every branch goes forward but a loop's, so every program ends. */
export const CONTROL_IN_HANDLERS: readonly Unit[] = [
  branch,
  branchLink,
  branchConditional,
  loop,
  branchToRegister,
  addToPc,
];
export const CONTROL: readonly Unit[] = [...CONTROL_IN_HANDLERS, popPc];
