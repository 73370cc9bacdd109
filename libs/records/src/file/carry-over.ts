import type { SerialState } from '@boardwalk/contracts';
import type { Database } from 'better-sqlite3';
import { carryBoards } from './carry-boards.ts';
import { insert, replacedRows, type Relation } from './replaced-file.ts';

/** What was given, used or revoked since the backup, and is so after the restore too. */
export interface CarriedOver {
  /** Ranges that went on, and from which number they go on now. */
  readonly ranges: Readonly<Record<string, number>>;
  readonly serials: number;
  readonly boards: number;
  readonly boardSerials: number;
  readonly orderBoards: number;
  readonly idempotencyKeys: number;
  /** Accounts that were revoked, or lost a badge, a password or their role. */
  readonly accounts: readonly string[];
  readonly tokens: number;
}

type Row = Record<string, string | number | null>;

/** Serials go on in this order, never back. */
const SERIAL_STATES: readonly SerialState[] = ['free', 'voided', 'reserved', 'committed'];

/**
 * Carries over from the replaced database, attached as `replaced`, what must never be given a second time, and what was
 * closed to somebody. It only ever closes: no account, role or token is opened by it. Call within the restore's
 * transaction.
 * @param place of the row in the chain that says so: sequences of the replaced record mean nothing after it
 */
export function carryOver(fresh: Database, relation: Relation, place: number): CarriedOver {
  const ranges = carryRanges(fresh);
  const serials = carrySerials(fresh, relation === 'continues');
  const boards = carryBoards(fresh, relation === 'continues', place);
  const idempotencyKeys = carryKeys(fresh);
  carryFences(fresh);
  return { ranges, serials, ...boards, idempotencyKeys, ...carryRevocations(fresh) };
}

function carryRanges(fresh: Database): Record<string, number> {
  const carried: Record<string, number> = {};
  const known = fresh.prepare('SELECT "next" FROM "SerialRange" WHERE "name" = ?').pluck();
  const advance = fresh.prepare('UPDATE "SerialRange" SET "next" = ? WHERE "name" = ?');
  for (const row of replacedRows<Row & { name: string; next: number }>(fresh, 'SerialRange')) {
    const next = known.get(row.name) as number | undefined;
    if (next !== undefined && next >= row.next) continue;
    if (next === undefined) insert(fresh, 'SerialRange', row);
    else advance.run(row.next, row.name);
    carried[row.name] = row.next;
  }
  return carried;
}

function carrySerials(fresh: Database, continues: boolean): number {
  const known = fresh.prepare('SELECT "state" FROM "Serial" WHERE "value" = ?').pluck();
  const taken = fresh.prepare('SELECT 1 FROM "Serial" WHERE "range" = ? AND "position" = ?');
  const last = fresh.prepare('SELECT max("position") FROM "Serial" WHERE "range" = ?').pluck();
  let count = 0;
  for (const row of replacedRows<Row & { value: string; range: string; state: string }>(fresh, 'Serial')) {
    // The run that it was reserved for is not in the backup, and nobody knows how it ended.
    const given = row.state === 'reserved' ? { ...row, state: 'voided', reason: 'restored' } : row;
    const state = known.get(row.value) as string | undefined;
    if (state === undefined) {
      const free = taken.get(row.range, row['position']) === undefined;
      const position = free ? row['position']! : ((last.get(row.range) as number | null) ?? 0) + 1;
      insert(fresh, 'Serial', { ...given, position });
    } else if (state !== row.state && (continues || rank(row.state) > rank(state))) {
      const { reason, runId, jobId, slot, uid, changedAt } = given as Row;
      fresh
        .prepare(
          `UPDATE "Serial" SET "state" = ?, "reason" = ?, "runId" = ?, "jobId" = ?, "slot" = ?, "uid" = ?, "changedAt" = ? WHERE "value" = ?`,
        )
        .run(given.state, reason, runId, jobId, slot, uid, changedAt, row.value);
    } else continue;
    count += 1;
  }
  return count;
}

const rank = (state: string): number => (SERIAL_STATES as readonly string[]).indexOf(state);

/** A number that a dead run may still hold is not given again. */
function carryFences(fresh: Database): void {
  const put = fresh.prepare(
    `INSERT INTO "Lease" ("slot", "fence", "runId") VALUES (?, ?, '') ON CONFLICT ("slot") DO UPDATE SET "fence" = max("fence", excluded."fence")`,
  );
  for (const { slot, fence } of replacedRows<Row>(fresh, 'Lease')) put.run(slot, fence);
}

/**
 * Generations that the replaced record had and the backup has not: the next one comes after them all.
 * @returns whether its serials wait for a person to open them
 */
export function carryGenerations(fresh: Database): boolean {
  const rows = replacedRows<Row & { number: number; closed: number }>(
    fresh,
    'Generation',
    'ORDER BY "number"',
  );
  const known = fresh.prepare('SELECT max("number") FROM "Generation"').pluck().get() as number;
  for (const row of rows.filter(({ number }) => number > known)) insert(fresh, 'Generation', row);
  return (rows.at(-1)?.closed ?? 0) !== 0;
}

interface Secrets {
  readonly name: string;
  readonly role: string;
  readonly revokedAt: string | null;
  readonly badgeHash: string | null;
  readonly passwordHash: string | null;
}

function carryRevocations(fresh: Database): Pick<CarriedOver, 'accounts' | 'tokens'> {
  const known = fresh.prepare('SELECT * FROM "Account" WHERE "name" = ?');
  const update = fresh.prepare(
    'UPDATE "Account" SET "role" = ?, "revokedAt" = ?, "badgeHash" = ?, "passwordHash" = ? WHERE "name" = ?',
  );
  const accounts: string[] = [];
  for (const now of replacedRows<Secrets>(fresh, 'Account')) {
    const was = known.get(now.name) as Secrets | undefined;
    if (!was) continue;
    const after = closed(was, now);
    if (JSON.stringify(after) === JSON.stringify(closed(was, was))) continue;
    update.run(after.role, after.revokedAt, after.badgeHash, after.passwordHash, now.name);
    accounts.push(now.name);
  }
  const end = fresh.prepare(
    'UPDATE "AccessToken" SET "revokedAt" = ? WHERE "sha256" = ? AND "revokedAt" IS NULL',
  );
  let tokens = 0;
  for (const { sha256, revokedAt } of replacedRows<Row>(
    fresh,
    'AccessToken',
    'WHERE "revokedAt" IS NOT NULL',
  ))
    tokens += end.run(revokedAt, sha256).changes;
  return { accounts, tokens };
}

/** What the account may still do: what it could at both times. A badge or password that was changed is gone. */
function closed(was: Secrets, now: Secrets): Secrets {
  const revokedAt = was.revokedAt ?? now.revokedAt;
  const kept = (one: string | null, other: string | null): string | null =>
    revokedAt === null && one === other ? one : null;
  return {
    name: was.name,
    role: was.role === 'admin' ? now.role : was.role,
    revokedAt,
    badgeHash: kept(was.badgeHash, now.badgeHash),
    passwordHash: kept(was.passwordHash, now.passwordHash),
  };
}

/** Keys of an earlier version belong to no caller. */
function carryKeys(fresh: Database): number {
  let count = 0;
  for (const row of replacedRows<Row>(fresh, 'IdempotencyKey'))
    count += insert(fresh, 'IdempotencyKey', { caller: '', ...row }, 'OR IGNORE');
  return count;
}
