import type { Transport } from '@boardwalk/contracts';
import type { FoundProbe } from '@boardwalk/probe';
import type { BoardLink } from '../link/board-link.ts';
import { openLink } from '../link/open-link.ts';
import type { Purpose } from './purposes.ts';

/** The link of a slot, for one purpose and as long as its work lasts. */
export class Loan {
  #link: Promise<BoardLink> | null = null;
  #givenBack = false;

  constructor(
    readonly purpose: Purpose,
    readonly found: FoundProbe,
    private readonly transport: Transport,
  ) {}

  /** Opens the link at the first call. @throws ProbeError when the adapter cannot be opened */
  async link(): Promise<BoardLink> {
    if (this.#givenBack)
      throw new Error(`The link for ${this.purpose} was given back; borrow the slot again.`);
    this.#link ??= openLink(this.transport, this.found).catch((cause: unknown) => {
      // The next call tries again.
      this.#link = null;
      throw cause;
    });
    return this.#link;
  }

  /** Closes the link; no link can be had afterwards. */
  async giveBack(): Promise<void> {
    this.#givenBack = true;
    const link = this.#link;
    this.#link = null;
    await (await link?.catch(() => null))?.close();
  }
}
