import type { Assembly } from './assembly.ts';
import type { Draw } from './draw.ts';
import type { Form } from './form.ts';
import { FORMS_16 } from './forms-16.ts';
import { FORMS_32 } from './forms-32.ts';
import { FORMS_MEMORY } from './forms-memory.ts';
import type { Random } from './random.ts';

/** A few instructions that belong together, such as a branch and what it jumps over. */
export type Unit = (block: Block) => void;

export interface Weighted {
  readonly weight: number;
  readonly unit: Unit;
}

const MAX_DEPTH = 2;

/** A random sequence of units at the end of the program. */
export class Block {
  readonly random: Random;
  readonly code: Assembly;
  readonly #total: number;

  constructor(
    readonly draw: Draw,
    private readonly units: readonly Weighted[],
    readonly depth = 0,
    /** What is at the bottom of nested units. */
    private readonly simple: Unit = plain,
  ) {
    this.random = draw.random;
    this.code = draw.code;
    this.#total = units.reduce((sum, { weight }) => sum + weight, 0);
  }

  build(count: number): void {
    for (let i = 0; i < count; i += 1) this.#one()(this);
  }

  /** Some instructions of the same kind inside a unit: what is jumped over, or a loop's body. */
  inner(count: number): void {
    if (this.depth === MAX_DEPTH) for (let i = 0; i < count; i += 1) this.simple(this);
    else new Block(this.draw, this.units, this.depth + 1, this.simple).build(count);
  }

  test(form: Form): void {
    const halfWords = form.encode(this.draw);
    this.code.test(form.name, halfWords);
  }

  #one(): Unit {
    let at = this.random.fraction() * this.#total;
    for (const { weight, unit } of this.units) {
      at -= weight;
      if (at < 0) return unit;
    }
    throw new Error('weights do not add up');
  }
}

export const plain: Unit = (block) => block.test(anyForm(block.random));

function anyForm(random: Random): Form {
  switch (random.below(3)) {
    case 0:
      return random.pick(FORMS_16);
    case 1:
      return random.pick(FORMS_32);
    default:
      return random.pick(FORMS_MEMORY);
  }
}

/** IT and one to four instructions under its conditions. */
export const ifThen: Unit = (block) => {
  const { random, draw, code } = block;
  const length = random.between(1, 4);
  const members = draw.collect(() =>
    Array.from({ length }, (_, i) => {
      // Addresses need prepared registers, of which there are not enough for four.
      const form = i < 2 ? anyForm(random) : random.pick(random.chance(0.5) ? FORMS_16 : FORMS_32);
      return form.inItBlock === false ? null : ([form.name, form.encode(draw)] as const);
    }).filter((member) => member !== null),
  );
  if (members.length === 0) return;
  code.test('IT', [itBlock(random, members.length)]);
  for (const [name, halfWords] of members) code.test(name, halfWords);
};

/** IT for that many instructions; after AL there is no "else" (A7.7.38). */
export function itBlock(random: Random, length: number): number {
  const condition = random.below(15);
  let mask = 1 << (4 - length);
  for (let i = 1; i < length; i += 1) {
    const otherwise = condition !== 14 && random.chance(0.5);
    mask |= ((condition & 1) ^ (otherwise ? 1 : 0)) << (4 - i);
  }
  return 0xbf00 | (condition << 4) | mask;
}
