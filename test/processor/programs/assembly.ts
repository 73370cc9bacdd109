/** How a word gets into a register with its flags untouched; the length follows from address and register alone. */
export type MoveWord = (address: number, register: number, value: number) => readonly number[];

/** Machine code under construction, from address 0 on, with what each instruction is called. */
export class Assembly {
  readonly #halfWords: number[] = [];
  readonly #names = new Map<number, string>();
  readonly #tested = new Set<number>();

  constructor(private readonly mover: MoveWord = (_address, register, value) => moveWord(register, value)) {}

  /** Where the next half-word goes, bytes. */
  get address(): number {
    return this.#halfWords.length * 2;
  }

  /** Names of instructions, by address; most scaffolding has none. */
  get names(): ReadonlyMap<number, string> {
    return this.#names;
  }

  /** Addresses of the instructions under test. */
  get tested(): ReadonlySet<number> {
    return this.#tested;
  }

  emit(...halfWords: number[]): void {
    for (const halfWord of halfWords) this.#halfWords.push(halfWord & 0xffff);
  }

  /** One instruction under test. */
  test(name: string, halfWords: readonly number[]): void {
    this.#tested.add(this.address);
    this.scaffold(name, halfWords);
  }

  /** One instruction that serves those under test, named for who reads a failure. */
  scaffold(name: string, halfWords: readonly number[]): void {
    this.#names.set(this.address, name);
    this.emit(...halfWords);
  }

  /** Puts a word into a register. */
  moveWord(register: number, value: number): void {
    this.emit(...this.mover(this.address, register, value));
  }

  /** Another word for what {@link moveWord} has emitted at an address. */
  patchWord(address: number, register: number, value: number): void {
    this.patch(address, ...this.mover(address, register, value));
  }

  word(value: number): void {
    this.emit(value, value >>> 16);
  }

  align(bytes: number): void {
    while (this.address % bytes !== 0) this.emit(NOP);
  }

  patch(address: number, ...halfWords: number[]): void {
    halfWords.forEach((halfWord, i) => (this.#halfWords[address / 2 + i] = halfWord & 0xffff));
  }

  image(): Uint8Array {
    const bytes = new Uint8Array(this.address);
    const view = new DataView(bytes.buffer);
    this.#halfWords.forEach((halfWord, i) => view.setUint16(i * 2, halfWord, true));
    return bytes;
  }
}

export const NOP = 0xbf00;

/** MOVW or MOVT. */
function moveHalf(opcode: number, d: number, value: number): number[] {
  const imm16 = value & 0xffff;
  return [
    opcode | ((imm16 >>> 1) & 0x400) | (imm16 >>> 12),
    ((imm16 << 4) & 0x7000) | (d << 8) | (imm16 & 0xff),
  ];
}

/** MOVW and MOVT: a whole word into a register, flags untouched, eight bytes. */
export function moveWord(d: number, value: number): number[] {
  return [...moveHalf(0xf240, d, value), ...moveHalf(0xf2c0, d, value >>> 16)];
}

/** B.W or, linking, BL, from `from` to `to`. */
export function branchTo(from: number, to: number, link = false): number[] {
  const offset = to - (from + 4);
  const s = offset < 0 ? 1 : 0;
  const j1 = (((offset >>> 23) & 1) ^ 1 ^ s) & 1;
  const j2 = (((offset >>> 22) & 1) ^ 1 ^ s) & 1;
  return [
    0xf000 | (s << 10) | ((offset >>> 12) & 0x3ff),
    (link ? 0xd000 : 0x9000) | (j1 << 13) | (j2 << 11) | ((offset >>> 1) & 0x7ff),
  ];
}
