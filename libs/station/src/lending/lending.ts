import type { SlotState, Transport } from '@boardwalk/contracts';
import type { FoundProbe } from '@boardwalk/probe';
import { StationError } from '../errors.ts';
import { Loan } from './loan.ts';
import { PURPOSES, type Purpose } from './purposes.ts';

/** The slot that lends its link. */
export interface Lender {
  readonly name: string;
  readonly transport: Transport;
  /** The probe to work with. @throws StationError where the slot has none to lend */
  probe(): FoundProbe;
  /** Hears that another state is shown than before. */
  shownChanged(): void;
}

/** Lends the link of one slot to one purpose at a time. */
export class Lending {
  #loan: Loan | null = null;
  #end: Promise<void> = Promise.resolve();

  constructor(private readonly lender: Lender) {}

  /** The purpose that has the link now. */
  get purpose(): Purpose | null {
    return this.#loan?.purpose ?? null;
  }

  /** The state that the slot shows while the link is out; null: its own. */
  get shows(): SlotState | null {
    return this.#loan && PURPOSES[this.#loan.purpose].shows;
  }

  /**
   * Waits for the purposes that this one waits for, works, and takes the link back however the work ends.
   * @throws StationError where another purpose has the link, or the slot has none
   */
  async borrow<Value>(purpose: Purpose, work: (loan: Loan) => Promise<Value>): Promise<Value> {
    while (this.#loan && PURPOSES[purpose].waitsFor.includes(this.#loan.purpose)) await this.#end;
    if (this.#loan) throw this.#busy(this.#loan);
    const loan = new Loan(purpose, this.lender.probe(), this.lender.transport);
    const ends = this.#work(loan, work);
    this.#end = ends.then(
      () => undefined,
      () => undefined,
    );
    return ends;
  }

  async #work<Value>(loan: Loan, work: (loan: Loan) => Promise<Value>): Promise<Value> {
    const tell = PURPOSES[loan.purpose].shows !== null;
    this.#loan = loan;
    try {
      const working = work(loan);
      // After the work has set what is shown of it.
      if (tell) this.lender.shownChanged();
      return await working;
    } finally {
      // A link that cannot be closed shows at the next look; it changes nothing about the work.
      await loan.giveBack().catch(() => undefined);
      this.#loan = null;
      if (tell) this.lender.shownChanged();
    }
  }

  #busy({ purpose }: Loan): StationError {
    const { label } = PURPOSES[purpose];
    return new StationError('station.slot_busy', { slot: this.lender.name, purpose: label });
  }
}
