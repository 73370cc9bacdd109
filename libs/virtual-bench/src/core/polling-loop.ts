/** The state that a turn of a loop leaves as it was. */
interface Looping {
  readonly pc: number;
  readonly cycles: number;
  readonly r: Int32Array;
  xpsr(): number;
}

/**
 * Recognises a loop that only waits: the same backward branch is taken twice with all registers and flags as
 * before and nothing written or read with a side effect between. Whole further turns up to a cycle at which
 * a read may answer differently change nothing but the time, so they are skipped.
 */
export class PollingLoop {
  readonly #registers = new Int32Array(16);
  #head = -1;
  #flags = 0;
  #cycle = 0;
  /** What held at the start of the turn that has just ended: its reads were made under it. */
  #horizon = 0;

  /**
   * Call after a taken branch, `core.pc` being its target. Returns the cycles to skip.
   * @param disturbed something was written, or read with a side effect, since the last call
   * @param horizon first cycle at which a read might answer differently
   * @param untilCycle where the run ends
   */
  turn(core: Looping, disturbed: boolean, horizon: number, untilCycle: number): number {
    const flags = core.xpsr();
    const stationary =
      !disturbed && core.pc === this.#head && flags === this.#flags && this.#sameRegisters(core);
    const turnCycles = core.cycles - this.#cycle;
    let skipped = 0;
    const stable = Math.min(horizon, this.#horizon, untilCycle);
    if (stationary && turnCycles > 0 && stable > core.cycles) {
      skipped = Math.floor((stable - 1 - core.cycles) / turnCycles) * turnCycles;
    }
    this.#horizon = horizon;
    if (!stationary) {
      this.#head = core.pc;
      this.#flags = flags;
      this.#registers.set(core.r);
    }
    this.#cycle = core.cycles + skipped;
    return skipped;
  }

  #sameRegisters(core: Looping): boolean {
    for (let i = 0; i < 15; i += 1) if (core.r[i] !== this.#registers[i]) return false;
    return true;
  }
}
