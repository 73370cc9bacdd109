import type {
  IssuedSerial,
  Outcome,
  Patch,
  SerialFormat,
  SerialState,
  StationEvent,
  WrittenPatch,
} from '@boardwalk/contracts';
import { hex32 } from '@boardwalk/contracts';
import { encodePatch, formatSerial, PatchError } from '@boardwalk/station';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../events/event-log.ts';
import type { Transaction } from '../persistence/database.ts';
import { closedSerials } from './closed-serials.ts';
import type { Serial as Row } from '../persistence/gen/client.ts';

/** Scanned codes that a recipe writes lie in a range of their own, under a name that no other can have. */
export const SCANNED = '(scanned)';

/** The board that a value is for. */
export interface Receiver {
  readonly runId: string;
  readonly jobId: string;
  readonly slot: string;
  readonly uid: string | null;
  readonly serial: string | null;
  readonly data: Readonly<Record<string, string>>;
}

/** What a run writes beside its image; or why it cannot start. */
export type Issue =
  | { readonly kind: 'issued'; readonly serial: string | null; readonly patches: WrittenPatch[] }
  /** Nothing is left to give, or it cannot be written: no board can help that, and the job waits for a person. */
  | { readonly kind: 'used-up'; readonly detail: string }
  /** This board cannot have what it brings. */
  | { readonly kind: 'refused'; readonly detail: string; readonly remedy: string };

/**
 * Gives values to boards: reserved in the transaction that claims the run, committed with its PASS, voided with the
 * reason otherwise. A value is given once; the database's primary key is the guard.
 */
@Injectable()
export class SerialIssue {
  constructor(private readonly events: EventLog) {}

  async reserve(transaction: Transaction, patches: readonly Patch[], receiver: Receiver): Promise<Issue> {
    const closed = await closedSerials(transaction, patches, receiver.serial);
    if (closed !== null) return { kind: 'used-up', detail: closed };
    const taken = new Map<string, string>();
    const written: WrittenPatch[] = [];
    for (const patch of patches) {
      let value: string | undefined;
      if (patch.from === 'range') {
        const given = taken.get(patch.range) ?? (await takeFrom(transaction, patch.range, receiver));
        if (given === null) return usedUp(patch.range);
        if (typeof given !== 'string') return given;
        taken.set(patch.range, (value = given));
      } else if (patch.from === 'scan') {
        value = receiver.serial ?? undefined;
        const refused = value === undefined ? null : await takeScanned(transaction, value, receiver);
        if (refused) return refused;
      } else value = receiver.data[patch.field];
      if (value === undefined) {
        return {
          kind: 'refused',
          detail: 'The recipe writes what the board brings, and it brought nothing.',
          remedy: 'Scan the board, or post the job with its serial and data.',
        };
      }
      const bytes = bytesOf(patch, value);
      if (!(bytes instanceof Uint8Array)) return bytes;
      written.push({
        address: hex32(parseInt(patch.address, 16)),
        from: patch.from === 'range' ? patch.range : patch.from,
        value,
        hex: Buffer.from(bytes).toString('hex'),
      });
    }
    const [first] = taken.values();
    return { kind: 'issued', serial: receiver.serial ?? first ?? null, patches: written };
  }

  /** With the run's end: committed by a PASS, or a gap with its reason. */
  async settle(
    transaction: Transaction,
    runId: string,
    outcome: Outcome,
    reason: string | null,
  ): Promise<StationEvent[]> {
    const rows = await transaction.serial.findMany({ where: { runId, state: 'reserved' } });
    if (rows.length === 0) return [];
    const { uid } = await transaction.run.findUniqueOrThrow({ where: { id: runId }, select: { uid: true } });
    const passed = outcome === 'PASS';
    const told: StationEvent[] = [];
    for (const row of rows) {
      const after = await transaction.serial.update({
        where: { value: row.value },
        data: {
          state: passed ? 'committed' : 'voided',
          reason: passed ? null : (reason ?? outcome),
          uid,
          changedAt: new Date().toISOString(),
        },
      });
      told.push(await this.events.append(transaction, 'serial.changed', toIssued(after)));
    }
    return told;
  }
}

function usedUp(range: string): Issue {
  const detail = `Serial range "${range}" is used up. Make another range and a revision that takes it; cancel this job.`;
  return { kind: 'used-up', detail };
}

/** As bytes in flash; what a recipe cannot spell must not keep other jobs from the slot. */
function bytesOf(patch: Patch, value: string): Uint8Array | Issue {
  try {
    return encodePatch(patch, value);
  } catch (cause) {
    if (!(cause instanceof PatchError)) throw cause;
    return { kind: 'used-up', detail: `The patch at ${patch.address} cannot be written: ${cause.message}.` };
  }
}

/** The board's own serial where it brings one of this range, as at a retest; otherwise the next. */
async function takeFrom(
  transaction: Transaction,
  name: string,
  to: Receiver,
): Promise<string | Issue | null> {
  const own =
    to.serial === null ? null : await transaction.serial.findUnique({ where: { value: to.serial } });
  if (own?.range !== name) return takeNext(transaction, name, to);
  return (await takeKnown(transaction, own, to)) ?? own.value;
}

/** The next of a counter or a list, reserved; null when none is left. */
async function takeNext(transaction: Transaction, name: string, to: Receiver): Promise<string | null> {
  const range = await transaction.serialRange.findUniqueOrThrow({ where: { name } });
  const reserved = reservedFor(to);
  if (range.format === null) {
    const free = await transaction.serial.findFirst({
      where: { range: name, state: 'free' },
      orderBy: { position: 'asc' },
    });
    if (!free) return null;
    await transaction.serial.update({ where: { value: free.value }, data: reserved });
    return free.value;
  }
  const format = JSON.parse(range.format) as SerialFormat;
  for (let number = range.next; number <= range.last; number += 1) {
    const value = formatSerial(format, number);
    // Another range may have spelled the same before.
    if (await transaction.serial.findUnique({ where: { value } })) continue;
    await transaction.serial.create({ data: { value, range: name, position: number, ...reserved } });
    await transaction.serialRange.update({ where: { name }, data: { next: number + 1 } });
    return value;
  }
  return null;
}

/** A scanned code is new, or its board's already. */
async function takeScanned(transaction: Transaction, value: string, to: Receiver): Promise<Issue | null> {
  const known = await transaction.serial.findUnique({ where: { value } });
  if (known) return takeKnown(transaction, known, to);
  const last = await transaction.serial.findFirst({
    where: { range: SCANNED },
    orderBy: { position: 'desc' },
  });
  const position = (last?.position ?? 0) + 1;
  await transaction.serial.create({ data: { value, range: SCANNED, position, ...reservedFor(to) } });
  return null;
}

/** A serial stands for one board: it may come back with it, another board may not have it. */
async function takeKnown(transaction: Transaction, known: Row, to: Receiver): Promise<Issue | null> {
  const { value, state, uid } = known;
  // Two patches of one recipe may write the same code.
  if (state === 'reserved' && known.runId === to.runId) return null;
  if (state === 'committed' && uid !== null && uid === to.uid) return null;
  // A code scanned off a label may be on a board whose chip was changed; a number that was given may not.
  const itsBoard = known.range === SCANNED || uid === null || to.uid === null || uid === to.uid;
  if (state === 'free' || (state === 'voided' && itsBoard)) {
    await transaction.serial.update({ where: { value }, data: { ...reservedFor(to), reason: null } });
    return null;
  }
  return {
    kind: 'refused',
    detail: `Serial ${value} was given to another board${uid === null ? '' : ` (unique id ${uid})`}.`,
    remedy: 'Scan the label on this board; if it carries the same code, set it aside.',
  };
}

function reservedFor({ runId, jobId, slot, uid }: Receiver) {
  return { runId, jobId, slot, uid, state: 'reserved', changedAt: new Date().toISOString() };
}

/** A stored serial as the contract shows it. */
export function toIssued({ value, range, position, state, ...rest }: Row): IssuedSerial {
  const { reason, runId, jobId, slot, uid, changedAt } = rest;
  return { value, range, position, state: state as SerialState, reason, runId, jobId, slot, uid, changedAt };
}
