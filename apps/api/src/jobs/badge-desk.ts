import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Accounts } from '../accounts/accounts.ts';
import { AttemptBudget } from '../accounts/attempt-budget.ts';
import { Database } from '../persistence/database.ts';

/** Codes without a meaning that one caller may have looked up as badges, a minute: more than a scanner set wrong sends. */
export const GUESSES_ALLOWED = 30;
/** Codes with a meaning of their own that one caller may have looked up, a minute: more than hands scan boards. */
export const EXPECTED_ALLOWED = 60;

/** What the scan desk knows of a code before it asks whether it is a badge. */
export interface ScannedCode {
  readonly code: string;
  /**
   * The code matches the order's serial rule or an expected prefix, or names something known: a slot, an order, a
   * recipe, a board. Such a code never counts as a guess.
   */
  readonly expected: boolean;
}

/**
 * Tells a badge from any other code. A badge is a secret: its code is compared as a digest alone, and no answer says
 * whose it is. Past a caller's limit the look-up stops and every code counts as no badge, so a hit and a miss have one
 * answer; nothing else that the code means stops with it.
 */
@Injectable()
export class BadgeDesk implements OnModuleDestroy {
  /** One digest after another: each takes 32 MiB and about 0.1 s of a processor. */
  #last: Promise<unknown> = Promise.resolve();

  readonly #guesses = new AttemptBudget(GUESSES_ALLOWED);
  readonly #expected = new AttemptBudget(EXPECTED_ALLOWED);

  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
  ) {}

  onModuleDestroy(): void {
    this.#guesses.dispose();
    this.#expected.dispose();
  }

  /** Whether a scanned code is a badge, as far as `caller` (an account's name) may still have that looked up. */
  async isBadge({ code, expected }: ScannedCode, caller: string): Promise<boolean> {
    if (!(await this.#anyBadge())) return false;
    const budget = expected ? this.#expected : this.#guesses;
    // Taken before the look-up: requests sent at once share the limit too.
    if (!(await budget.take(caller))) return false;
    const found = this.#last.then(() => this.accounts.byBadge(code));
    this.#last = found.catch(() => undefined);
    if ((await found) === null) return false;
    await budget.giveBack(caller);
    return true;
  }

  /** Where nobody has a badge no scan waits for a digest, and there is nothing to try out. */
  async #anyBadge(): Promise<boolean> {
    return (await this.database.account.findFirst({ where: { badgeHash: { not: null } } })) !== null;
  }
}
