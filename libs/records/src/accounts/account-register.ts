import type { Account, Role } from '@boardwalk/contracts';
import type { Database } from 'better-sqlite3';
import { append } from '../chain/append.ts';
import type { Author } from '../chain/author.ts';
import { RecordsError } from '../errors.ts';
import { recorded } from '../rows/recorded.ts';
import { sameName } from './names.ts';
import { newToken, tokenDigest } from './secrets.ts';

/** A badge is copied with a photograph, so it opens no account that could do lasting harm. */
export const BADGE_ROLES: readonly Role[] = ['operator', 'engineer', 'quality'];

export interface NewAccount {
  readonly name: string;
  readonly role: Role;
  readonly badgeHash?: string | undefined;
  readonly passwordHash?: string | undefined;
}

/** What is undefined stays; null takes a badge or a password away. */
export interface AccountChange {
  readonly role?: Role | undefined;
  readonly badgeHash?: string | null | undefined;
  readonly passwordHash?: string | null | undefined;
}

/** A change from afar must not lock the last admin out; whoever has the host may. */
export interface Care {
  readonly keepAdmin: boolean;
}
const NO_CARE: Care = { keepAdmin: false };

/** In the record once, and for ever. */
const START_TOKEN_ENDED = 'start-token.ended';

interface Row {
  name: string;
  role: Role;
  createdAt: string;
  revokedAt: string | null;
  badge: number;
  password: number;
  tokens: number;
}

const SELECT = `SELECT "name", "role", "createdAt", "revokedAt", "badgeHash" IS NOT NULL AS badge,
    "passwordHash" IS NOT NULL AS password,
    (SELECT count(*) FROM "AccessToken" AS token WHERE token."account" = "Account"."name"
      AND token."revokedAt" IS NULL AND (token."expiresAt" IS NULL OR token."expiresAt" > @now)) AS tokens
  FROM "Account"`;

/**
 * The accounts of a database file. Every change and its row in the chain are one immediate transaction, so it may be
 * made beside a running station, which sees it at the next request.
 */
export class AccountRegister {
  constructor(
    private readonly database: Database,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Adds an account without a token. @throws RecordsError */
  add(account: NewAccount, author: Author): void {
    this.#change(() => {
      this.#insert(account);
      this.#record('account.added', account.name, author, {});
    });
  }

  /** Adds an account and gives its first token, which is shown once. @throws RecordsError */
  addWithToken(account: NewAccount, expiresAt: string | null, author: Author): string {
    return this.#change(() => {
      this.#insert(account);
      const token = this.#addToken(account.name, expiresAt);
      this.#record('account.added', account.name, author, { expiresAt });
      return token;
    });
  }

  #insert({ name, role, badgeHash, passwordHash }: NewAccount): void {
    // Files of earlier versions may have names that differ in case alone: those stay.
    const same = this.list().find((account) => sameName(account.name, name));
    if (same) throw new RecordsError('records.account_exists', { name: same.name });
    this.#requireBadge(name, role, badgeHash ?? null);
    this.database
      .prepare('INSERT INTO "Account" VALUES (?, ?, ?, NULL, ?, ?)')
      .run(name, role, this.#at(), badgeHash ?? null, passwordHash ?? null);
  }

  /** Changes role, badge or password. Logins end with the badge or the password that they came by. @throws RecordsError */
  change(name: string, change: AccountChange, author: Author, care: Care = NO_CARE): void {
    this.#change(() => {
      this.#active(name);
      const before = this.database
        .prepare('SELECT "role", "badgeHash", "passwordHash" FROM "Account" WHERE "name" = ?')
        .get(name) as Required<{ role: Role; badgeHash: string | null; passwordHash: string | null }>;
      const { role = before.role, badgeHash = before.badgeHash, passwordHash = before.passwordHash } = change;
      this.#requireBadge(name, role, badgeHash);
      this.database
        .prepare('UPDATE "Account" SET "role" = ?, "badgeHash" = ?, "passwordHash" = ? WHERE "name" = ?')
        .run(role, badgeHash, passwordHash, name);
      if (badgeHash !== before.badgeHash || passwordHash !== before.passwordHash)
        this.#endTokens(name, ['session']);
      const changed = [
        ...(role === before.role ? [] : ['role']),
        ...(badgeHash === before.badgeHash ? [] : ['badge']),
        ...(passwordHash === before.passwordHash ? [] : ['password']),
      ];
      this.#record('account.changed', name, author, { changed });
    }, care);
  }

  /** @throws RecordsError where this role has no badge, or the badge is another's */
  #requireBadge(name: string, role: Role, badgeHash: string | null): void {
    if (badgeHash === null) return;
    if (!BADGE_ROLES.includes(role))
      throw new RecordsError('records.badge_refused', { role, roles: BADGE_ROLES.join(', ') });
    const owner = this.#ownerOf(badgeHash);
    if (owner && owner.name !== name) throw new RecordsError('records.badge_taken', {});
  }

  /** Another token for an account, shown once; those it has still hold. @throws RecordsError */
  addToken(name: string, expiresAt: string | null, author: Author): string {
    return this.#change(() => {
      this.#active(name);
      const token = this.#addToken(name, expiresAt);
      this.#record('account.changed', name, author, { expiresAt });
      return token;
    });
  }

  /** Ends every token and login of an account; its badge and password still hold. @throws RecordsError */
  endTokens(name: string, author: Author, care: Care = NO_CARE): void {
    this.#change(() => {
      this.#active(name);
      this.#endTokens(name, ['token', 'session']);
      this.#record('account.changed', name, author, { changed: ['tokens'] });
    }, care);
  }

  /** Ends an account and everything it was let in with. @throws RecordsError */
  revoke(name: string, author: Author, care: Care = NO_CARE): void {
    this.#change(() => {
      this.#active(name);
      const at = this.#at();
      this.database
        .prepare(
          'UPDATE "Account" SET "revokedAt" = ?, "badgeHash" = NULL, "passwordHash" = NULL WHERE "name" = ?',
        )
        .run(at, name);
      this.#endTokens(name, ['token', 'session']);
      this.#record('account.revoked', name, author, {});
    }, care);
  }

  #endTokens(name: string, kinds: readonly string[]): void {
    const end = this.database.prepare(
      'UPDATE "AccessToken" SET "revokedAt" = ? WHERE "account" = ? AND "kind" = ? AND "revokedAt" IS NULL',
    );
    for (const kind of kinds) end.run(this.#at(), name, kind);
  }

  list(): Account[] {
    const rows = this.database.prepare(`${SELECT} ORDER BY "name"`).all({ now: this.#at() });
    return (rows as Row[]).map(toAccount);
  }

  get(name: string): Account | null {
    const row = this.database.prepare(`${SELECT} WHERE "name" = @name`).get({ now: this.#at(), name });
    return row ? toAccount(row as Row) : null;
  }

  /** Whose token this is, while it holds. */
  byToken(token: string): { name: string; role: Role } | null {
    const row = this.database
      .prepare(
        `SELECT "name", "role" FROM "AccessToken" AS token JOIN "Account" ON "name" = "account"
        WHERE "sha256" = ? AND token."revokedAt" IS NULL AND "Account"."revokedAt" IS NULL
          AND ("expiresAt" IS NULL OR "expiresAt" > ?)`,
      )
      .get(tokenDigest(token), this.#at());
    return (row as { name: string; role: Role } | undefined) ?? null;
  }

  byBadge(badgeHash: string): { name: string; role: Role } | null {
    return this.#ownerOf(badgeHash);
  }

  /** For a login: the account while it holds, with the hash of its password. */
  byName(name: string): { name: string; role: Role; passwordHash: string | null } | null {
    const row = this.database
      .prepare(
        'SELECT "name", "role", "passwordHash" FROM "Account" WHERE "name" = ? AND "revokedAt" IS NULL',
      )
      .get(name);
    return (row as { name: string; role: Role; passwordHash: string | null } | undefined) ?? null;
  }

  badgeSalt(): string {
    return (this.database.prepare('SELECT "salt" FROM "BadgeSalt"').get() as { salt: string }).salt;
  }

  /** Whether someone could come in as admin from the network. */
  hasAdmin(): boolean {
    return this.list().some(
      ({ role, revokedAt, tokens, password }) => role === 'admin' && !revokedAt && (tokens > 0 || password),
    );
  }

  /** Whether the token of the station's start is over: it is for setting up, and ends with the first admin for good. */
  startTokenEnded(): boolean {
    return (
      this.database.prepare('SELECT 1 FROM "Event" WHERE "type" = ?').get(START_TOKEN_ENDED) !== undefined
    );
  }

  /** Ends the start token where an admin of an earlier version has a way in. */
  settleStartToken(author: Author): void {
    this.#change(() => this.#endStartToken(author));
  }

  #endStartToken({ actor, role, reason }: Author): void {
    if (this.startTokenEnded() || !this.hasAdmin()) return;
    append(this.database, {
      ...{ at: this.#at(), type: START_TOKEN_ENDED, subject: 'start-token' },
      ...{ actor, role, reason },
      data: { reason: 'An admin account has a way in.' },
    });
  }

  #ownerOf(badgeHash: string): { name: string; role: Role } | null {
    const row = this.database
      .prepare('SELECT "name", "role" FROM "Account" WHERE "badgeHash" = ? AND "revokedAt" IS NULL')
      .get(badgeHash);
    return (row as { name: string; role: Role } | undefined) ?? null;
  }

  #active(name: string): void {
    const account = this.get(name);
    if (account && !account.revokedAt) return;
    throw new RecordsError(account ? 'records.account_revoked' : 'records.no_account', { name });
  }

  #addToken(name: string, expiresAt: string | null): string {
    const token = newToken();
    this.database
      .prepare(`INSERT INTO "AccessToken" VALUES (?, ?, 'token', ?, ?, NULL)`)
      .run(tokenDigest(token), name, this.#at(), expiresAt);
    return token;
  }

  /** No secret and no digest goes into the record: it is exported. */
  #record(type: string, name: string, author: Author, more: object): void {
    const { tokens, ...account } = this.get(name)!;
    append(this.database, {
      ...{ at: this.#at(), type, subject: `account/${name}` },
      ...author,
      data: { ...account, tokens, ...more },
    });
    this.#endStartToken(author);
  }

  #change<Result>(work: () => Result, { keepAdmin }: Care = NO_CARE): Result {
    return recorded(this.database, () => {
      const had = keepAdmin && this.hasAdmin();
      const result = work();
      if (!had || this.hasAdmin()) return result;
      // Thrown inside the transaction, which is undone.
      throw new RecordsError('records.last_admin', {});
    });
  }

  #at(): string {
    return this.now().toISOString();
  }
}

function toAccount({ badge, password, ...row }: Row): Account {
  return { ...row, badge: badge === 1, password: password === 1 };
}
