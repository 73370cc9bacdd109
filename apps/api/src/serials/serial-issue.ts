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
import { encodePatch, PatchError } from '@boardwalk/station';
import { formatSerial } from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../events/event-log.ts';
import type { Transaction } from '../persistence/database.ts';
import { lastNumberOfBoard } from '../store/serials/last-number-of-board.ts';
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
  /** The board whose own serial and number come back where the unit names none; null: it gets the next one. */
  readonly ownOf: number | null;
  readonly serial: string | null;
  readonly data: Readonly<Record<string, string>>;
}

/** What a run writes into its board besides the image. */
export interface Issued {
  readonly kind: 'issued';
  readonly serial: string | null;
  readonly patches: WrittenPatch[];
}

/**
 * The values of a run, or why it cannot start. used-up: nothing is left to give, or it cannot be written, and no board
 * can help that: the job waits for a person. refused: this unit cannot have what it brings.
 */
export type Issue = Issued | { readonly kind: 'used-up' | 'refused'; readonly detail: string };

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
          detail:
            'The recipe writes what the board brings, and it brought nothing. Scan the board, or post the job with its serial and data.',
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
    const own = first === undefined ? null : await serialOf(transaction, receiver);
    return { kind: 'issued', serial: receiver.serial ?? own ?? first ?? null, patches: written };
  }

  /** Values of a run that does not start become gaps, with the reason. */
  async giveBack(transaction: Transaction, runId: string, reason: string): Promise<void> {
    await transaction.serial.updateMany({
      where: { runId, state: 'reserved' },
      data: { state: 'voided', reason, changedAt: new Date().toISOString() },
    });
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
    return { kind: 'used-up', detail: `The patch at ${patch.address} cannot be written: ${cause.message}` };
  }
}

/** The number of this range that the board brings or has had, as at a retest; otherwise the next. */
async function takeFrom(
  transaction: Transaction,
  name: string,
  to: Receiver,
): Promise<string | Issue | null> {
  const named =
    to.serial === null ? null : await transaction.serial.findUnique({ where: { value: to.serial } });
  const own = named?.range === name ? named : await ownNumber(transaction, name, to);
  if (!own) return takeNext(transaction, name, to);
  return (await takeKnown(transaction, own, to)) ?? own.value;
}

/** The number of a range that an earlier run of this board was given last. */
async function ownNumber(transaction: Transaction, name: string, { ownOf }: Receiver): Promise<Row | null> {
  if (ownOf === null) return null;
  const value = await lastNumberOfBoard(transaction, name, ownOf);
  return value === null ? null : transaction.serial.findUnique({ where: { value } });
}

/** The serial that a board has already: a number that is written into it does not give it a second one. */
async function serialOf(transaction: Transaction, { ownOf }: Receiver): Promise<string | null> {
  if (ownOf === null) return null;
  return (await transaction.board.findUniqueOrThrow({ where: { number: ownOf } })).serial;
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

/**
 * A value that was given before. The claim has asked the record whether serial and chip go together: what comes here
 * is the board's own, or was accepted. A committed value stays committed, whatever becomes of the run.
 */
async function takeKnown(transaction: Transaction, known: Row, to: Receiver): Promise<Issue | null> {
  const { value, state, runId } = known;
  // Two patches of one recipe may write the same code.
  if (state === 'committed' || (state === 'reserved' && runId === to.runId)) return null;
  if (state === 'reserved')
    return { kind: 'refused', detail: `${value} is in slot ${known.slot} now. Wait until it is done.` };
  await transaction.serial.update({ where: { value }, data: { ...reservedFor(to), reason: null } });
  return null;
}

function reservedFor({ runId, jobId, slot, uid }: Receiver) {
  return { runId, jobId, slot, uid, state: 'reserved', changedAt: new Date().toISOString() };
}

/** A stored serial as the contract shows it. */
export function toIssued({ value, range, position, state, ...rest }: Row): IssuedSerial {
  const { reason, runId, jobId, slot, uid, changedAt } = rest;
  return { value, range, position, state: state as SerialState, reason, runId, jobId, slot, uid, changedAt };
}
