import type { Unit } from './block.ts';
import { FORMS_16 } from './forms-16.ts';

const WIDTHS = [
  { name: 'LDREX', bytes: 4, load: 0xe850, store: 0xe840 },
  { name: 'LDREXH', bytes: 2, load: 0xe8d0, store: 0xe8c0 },
  { name: 'LDREXB', bytes: 1, load: 0xe8d0, store: 0xe8c0 },
] as const;
const CLREX = [0xf3bf, 0x8f2f];

/**
 * A load and a store of the exclusive monitor, to the same place and of the same width: all else is left to
 * the implementation (A3.4). Between them nothing, register work, CLREX or an exception; after them perhaps a
 * second store, which must fail.
 */
export const exclusive: Unit = (block) => {
  const { code, draw, random } = block;
  const { name, bytes, load, store } = random.pick(WIDTHS);
  const imm8 = bytes === 4 ? random.below(64) : 0;
  const n = draw.pointer({ offset: imm8 * 4, alignment: bytes });
  draw.lock(n);
  const tail = bytes === 4 ? imm8 : bytes === 2 ? 0x50 : 0x40;
  const loads = (t: number): void =>
    code.test(name, [load | n, (t << 12) | (bytes === 4 ? 0xf00 | tail : 0xf0f | tail)]);
  const stores = (): void => {
    const t = draw.any();
    const d = draw.target([n, t]);
    const words = [store | n, (t << 12) | (bytes === 4 ? (d << 8) | tail : 0xf00 | tail | d)];
    code.test(name.replace('LD', 'ST'), words);
  };
  if (random.chance(0.2)) code.test('CLREX', CLREX);
  else loads(draw.target());
  switch (random.below(5)) {
    case 0:
      code.test('CLREX', CLREX);
      break;
    case 1:
      code.test('SVC', [0xdf00]);
      code.emit(0xbf00);
      break;
    case 2:
      block.test(random.pick(FORMS_16));
      break;
  }
  stores();
  if (random.chance(0.3)) stores();
  draw.unlock(n);
};
