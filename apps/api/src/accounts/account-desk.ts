import type { Account, ChangeAccount, CreateAccount, CreateToken, GivenToken } from '@boardwalk/contracts';
import { AccountRegister, passwordHash } from '@boardwalk/records';
import { callerNow } from '../events/caller.ts';
import { Database } from '../persistence/database.ts';
import { Accounts } from './accounts.ts';

const DAY_MS = 86_400_000;
/** Whoever changes accounts from afar may have no way to the host: one admin keeps a way in. */
const FROM_AFAR = { keepAdmin: true };

/**
 * Changes of accounts by a request: the register that the command line uses too, with the request's caller as author.
 * Listeners hear of each change once it is committed, so that open pages of an ended account are closed.
 */
export class AccountDesk {
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** @throws RecordsError for a name or a badge that is taken */
  async add({ name, role, badge, password }: CreateAccount): Promise<Account> {
    const hashes = await this.#hashes({ badge, password });
    return this.#change(name, (register) => register.add({ name, role, ...hashes }, callerNow()));
  }

  /** @throws RecordsError for an account that does not hold, a badge that is taken, the last admin's way in */
  async change(name: string, { role, badge, password }: ChangeAccount): Promise<Account> {
    const hashes = await this.#hashes({ badge, password });
    return this.#change(name, (register) =>
      register.change(
        name,
        {
          role,
          badgeHash: badge === null ? null : hashes.badgeHash,
          passwordHash: password === null ? null : hashes.passwordHash,
        },
        callerNow(),
        FROM_AFAR,
      ),
    );
  }

  /** Another token; those that the account has still hold. @throws RecordsError */
  async giveToken(name: string, body: CreateToken): Promise<GivenToken> {
    const days = body?.expiresInDays;
    const expiresAt =
      days === undefined ? null : new Date(this.now().getTime() + days * DAY_MS).toISOString();
    let token = '';
    const { role } = await this.#change(name, (register) => {
      token = register.addToken(name, expiresAt, callerNow());
    });
    return { token, account: name, role, expiresAt };
  }

  /** @throws RecordsError */
  endTokens(name: string): Promise<Account> {
    return this.#change(name, (register) => register.endTokens(name, callerNow(), FROM_AFAR));
  }

  /** @throws RecordsError */
  revoke(name: string): Promise<Account> {
    return this.#change(name, (register) => register.revoke(name, callerNow(), FROM_AFAR));
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  async #change(name: string, work: (register: AccountRegister) => void): Promise<Account> {
    const account = await this.database.aside((file) => {
      const register = new AccountRegister(file, this.now);
      work(register);
      return register.get(name)!;
    });
    for (const listener of this.#listeners) listener();
    return account;
  }

  /** Slow on purpose, so before the transaction and off the event loop. */
  async #hashes({
    badge,
    password,
  }: {
    badge?: string | null | undefined;
    password?: string | null | undefined;
  }) {
    return {
      badgeHash: typeof badge === 'string' ? await this.accounts.digestOfBadge(badge) : undefined,
      passwordHash: typeof password === 'string' ? await passwordHash(password) : undefined,
    };
  }
}
