import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Accounts } from '../accounts/accounts.ts';
import { FailureLimit } from '../accounts/failure-limit.ts';
import { Database } from '../persistence/database.ts';

/** Unknown codes a minute: more than a scanner that was set wrong, fewer than a guess needs. */
export const MISSES_ALLOWED = 30;

/** Tells an operator's badge from a board's code. A badge is a secret: its code is compared as its digest alone. */
@Injectable()
export class BadgeDesk implements OnModuleDestroy {
  /** One digest after another: each takes 32 MiB and about 0.1 s of a processor. */
  #last: Promise<unknown> = Promise.resolve();

  readonly #misses = new FailureLimit('unknown codes from this operator', MISSES_ALLOWED);

  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
  ) {}

  onModuleDestroy(): void {
    this.#misses.dispose();
  }

  /** The account that a scanned code opens; null when it is no badge. */
  async ownerOf(code: string): Promise<string | null> {
    if (!(await this.#anyBadge())) return null;
    const owner = this.#last.then(() => this.accounts.byBadge(code));
    this.#last = owner.catch(() => undefined);
    return (await owner)?.name ?? null;
  }

  /**
   * A code that meant nothing to the station.
   * @throws ProblemException 429 `too-many-failures` when so many come that somebody may be trying out badges
   */
  async missed(actor: string): Promise<void> {
    if (await this.#anyBadge()) await this.#misses.failed(actor);
  }

  /** Where nobody has a badge no scan waits for a digest, and there is nothing to try out. */
  async #anyBadge(): Promise<boolean> {
    return (await this.database.account.findFirst({ where: { badgeHash: { not: null } } })) !== null;
  }
}
