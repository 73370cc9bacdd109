import type { Account, OpenSession, Role, Session } from '@boardwalk/contracts';
import {
  AccountRegister,
  badgeDigest,
  newToken,
  passwordMatches,
  storageProblemOf,
  tokenDigest,
} from '@boardwalk/records';
import Sqlite from 'better-sqlite3';
import { createHash, timingSafeEqual } from 'node:crypto';
import { EventLog } from '../events/event-log.ts';
import { Database } from '../persistence/database.ts';
import { ROLE_MAY, START_TOKEN_MAY, type Permission } from './permissions.ts';

/** Who a request comes from. */
export interface Identified {
  readonly actor: string;
  readonly role: Role;
  readonly may: readonly Permission[];
}

/** The token that the station prints at its start, for setting up: it ends with the first admin account. */
export const START_TOKEN_ACTOR = 'start-token';
const START_TOKEN: Identified = { actor: START_TOKEN_ACTOR, role: 'admin', may: START_TOKEN_MAY };

/** How long a login lasts: one long shift. */
export const SESSION_HOURS = 12;

/**
 * Who may come in. Tokens are looked up on a connection of their own that only reads: it waits for no transaction,
 * and sees at once what was added or revoked, by a request or by the command line beside the running station.
 */
export class Accounts {
  readonly #file: Sqlite.Database;
  readonly #register: AccountRegister;
  readonly #startDigest: Buffer;
  #startEnded = false;

  constructor(
    file: string,
    private readonly database: Database,
    private readonly events: EventLog,
    startToken: string,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.#file = new Sqlite(file, { readonly: true });
    this.#register = new AccountRegister(this.#file, now);
    this.#startDigest = digestOf(startToken);
  }

  /** Who a bearer token is, while it holds. */
  byToken(token: string): Identified | null {
    // Digests are compared, and in constant time: the time does not tell how much was right.
    if (timingSafeEqual(digestOf(token), this.#startDigest))
      return this.startTokenEnded() ? null : START_TOKEN;
    const found = this.#register.byToken(token);
    return found && { actor: found.name, role: found.role, may: ROLE_MAY[found.role] };
  }

  list(): Account[] {
    return this.#register.list();
  }

  get(name: string): Account | null {
    return this.#register.get(name);
  }

  hasAdmin(): boolean {
    return this.#register.hasAdmin();
  }

  /** Once it is over it stays so, whatever becomes of the admin. */
  startTokenEnded(): boolean {
    try {
      this.#startEnded ||= this.#register.startTokenEnded();
    } catch (cause) {
      // A file that cannot be read must not keep out who can mend it: what was known last counts.
      if (!storageProblemOf(cause)) throw cause;
    }
    return this.#startEnded;
  }

  /** The account that a badge's code opens; null when it opens none. */
  async byBadge(code: string): Promise<{ name: string; role: Role } | null> {
    return this.#register.byBadge(await this.digestOfBadge(code));
  }

  /** What is stored of a badge, and looked up. Slow on purpose, off the event loop. */
  digestOfBadge(code: string): Promise<string> {
    return badgeDigest(code, this.#register.badgeSalt());
  }

  /** A session for a badge or a password; null when it is not right. */
  async open(login: OpenSession): Promise<Session | null> {
    const found = await this.#check(login);
    if (!found) return null;
    const token = newToken();
    const at = this.now();
    const expiresAt = new Date(at.getTime() + SESSION_HOURS * 3_600_000).toISOString();
    const { name: account, role } = found;
    await this.database.commit(async (transaction) => {
      await transaction.accessToken.deleteMany({
        where: { kind: 'session', expiresAt: { lt: at.toISOString() } },
      });
      await transaction.accessToken.create({
        data: {
          sha256: tokenDigest(token),
          account,
          kind: 'session',
          createdAt: at.toISOString(),
          expiresAt,
        },
      });
      const via = 'badge' in login ? 'badge' : 'password';
      const caller = { actor: account, role, reason: null };
      await this.events.change(
        transaction,
        'session.opened',
        { name: account, role, via, expiresAt },
        caller,
      );
    });
    return { token, account, role, expiresAt };
  }

  /** Ends a session; other tokens are revoked with their account. False when it is no session. */
  async close(token: string): Promise<boolean> {
    const sha256 = tokenDigest(token);
    return this.database.commit(async (transaction) => {
      const revokedAt = this.now().toISOString();
      const { count } = await transaction.accessToken.updateMany({
        where: { sha256, kind: 'session', revokedAt: null },
        data: { revokedAt },
      });
      const row = await transaction.accessToken.findUnique({ where: { sha256 } });
      if (count > 0 && row) await this.events.change(transaction, 'session.closed', { name: row.account });
      return count > 0;
    });
  }

  async #check(login: OpenSession): Promise<{ name: string; role: Role } | null> {
    if ('badge' in login) return this.byBadge(login.badge);
    const account = this.#register.byName(login.name);
    return (await passwordMatches(login.password, account?.passwordHash ?? null)) ? account : null;
  }

  dispose(): void {
    this.#file.close();
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
