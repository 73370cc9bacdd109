import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/** What is said of one event or change before it is linked. */
export interface Statement {
  /** RFC 3339 in UTC. */
  readonly at: string;
  /** What happened, such as `job.changed`. */
  readonly type: string;
  /** What it happened to, such as `job/job_01J…`: the old value is the row before it of the same subject. */
  readonly subject: string;
  /** Who: an account's name, `start-token`, or `station` for what nobody asked for. */
  readonly actor: string;
  readonly role: string;
  readonly reason: string | null;
  /** The new value. */
  readonly data: unknown;
}

/** Where the chain stands: the row that the next one is linked to. */
export interface Head {
  readonly id: number;
  readonly hash: string;
}

/** One row of the append-only table. */
export interface ChainRow extends Omit<Statement, 'data'> {
  readonly id: number;
  /** The new value as canonical JSON; null once retention has erased it, `dataSha256` stays. */
  readonly data: string | null;
  readonly dataSha256: string;
  /** The hash of the row before. */
  readonly previous: string;
  readonly hash: string;
}

/** Before the first row. */
export const ORIGIN: Head = { id: 0, hash: '0'.repeat(64) };

export const COLUMNS = [
  'id',
  'at',
  'type',
  'subject',
  'actor',
  'role',
  'reason',
  'data',
  'dataSha256',
  'previous',
  'hash',
] as const satisfies readonly (keyof ChainRow)[];

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * A row's hash: SHA-256 over the hash before it (64 hex digits) and the canonical JSON of its members without
 * `data`, `previous` and `hash`. The data counts by its own SHA-256, so that old data can be erased by a rule while
 * the chain still verifies.
 */
export function hashOf(row: Omit<ChainRow, 'data' | 'hash'>): string {
  const { id, at, type, subject, actor, role, reason, dataSha256, previous } = row;
  return sha256(previous + canonicalJson({ id, at, type, subject, actor, role, reason, dataSha256 }));
}

/** The statement as the row that follows `head`. */
export function link(head: Head, statement: Statement): ChainRow & { readonly data: string } {
  const data = canonicalJson(statement.data);
  const { at, type, subject, actor, role, reason } = statement;
  const row = { id: head.id + 1, at, type, subject, actor, role, reason, dataSha256: sha256(data) };
  const linked = { ...row, previous: head.hash };
  return { ...linked, data, hash: hashOf(linked) };
}
