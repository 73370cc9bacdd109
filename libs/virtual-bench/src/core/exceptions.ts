import { EXCEPTION } from './faults.ts';

const COUNT = 16 + 240;

/** Priority of "no exception runs": lower than any that can be configured. */
export const BASE_PRIORITY = 256;

/**
 * Which exceptions are pending, active and enabled, and at which priority (ARM DDI0403 B1.5). Reset, NMI and
 * HardFault have the fixed priorities -3, -2 and -1.
 */
export class ExceptionTable {
  readonly priority = new Int16Array(COUNT);
  readonly pending = new Uint8Array(COUNT);
  readonly active = new Uint8Array(COUNT);
  readonly enabled = new Uint8Array(COUNT);
  /** Level of each interrupt line as the peripheral drives it. */
  readonly line = new Uint8Array(COUNT);
  /** AIRCR.PRIGROUP. */
  priorityGroup = 0;
  #pendingCount = 0;

  reset(): void {
    this.priority.fill(0);
    this.priority[EXCEPTION.reset] = -3;
    this.priority[EXCEPTION.nmi] = -2;
    this.priority[EXCEPTION.hardFault] = -1;
    this.pending.fill(0);
    this.active.fill(0);
    this.enabled.fill(0);
    for (const always of [
      EXCEPTION.nmi,
      EXCEPTION.hardFault,
      EXCEPTION.svCall,
      EXCEPTION.pendSv,
      EXCEPTION.sysTick,
    ]) {
      this.enabled[always] = 1;
    }
    this.priorityGroup = 0;
    this.#pendingCount = 0;
  }

  setPending(exception: number, on: boolean): void {
    const value = on ? 1 : 0;
    if (this.pending[exception] === value) return;
    this.pending[exception] = value;
    this.#pendingCount += on ? 1 : -1;
  }

  get anyPending(): boolean {
    return this.#pendingCount > 0;
  }

  /** The pending and enabled exception that would be taken first, or 0. */
  mostUrgent(): number {
    if (this.#pendingCount === 0) return 0;
    let best = 0;
    let bestPriority = BASE_PRIORITY;
    for (let exception = 2; exception < COUNT; exception += 1) {
      if (this.pending[exception] && this.enabled[exception] && this.priority[exception]! < bestPriority) {
        best = exception;
        bestPriority = this.priority[exception]!;
      }
    }
    return best;
  }

  /** Whether any external interrupt is pending, enabled or not (ICSR.ISRPENDING). */
  interruptPending(): boolean {
    return this.#pendingCount > 0 && this.pending.includes(1, EXCEPTION.firstInterrupt);
  }

  /** Priority with the sub-priority bits masked off, as preemption compares it. */
  group(priority: number): number {
    if (priority < 0) return priority;
    return priority & ~((2 << this.priorityGroup) - 1) & 0xff;
  }

  /** The priority of the most urgent active exception. */
  activePriority(): number {
    let best = BASE_PRIORITY;
    for (let exception = 1; exception < COUNT; exception += 1) {
      if (this.active[exception]) best = Math.min(best, this.group(this.priority[exception]!));
    }
    return best;
  }

  activeCount(): number {
    let count = 0;
    for (let exception = 1; exception < COUNT; exception += 1) count += this.active[exception]!;
    return count;
  }
}
