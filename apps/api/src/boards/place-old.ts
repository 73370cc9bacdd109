import { isPlausibleUid } from '@boardwalk/work';
import type { Transaction } from '../persistence/database.ts';
import { makeBoards } from '../store/upgrade/make-boards.ts';
import { numbersOfChips } from '../store/upgrade/numbers-of-chips.ts';
import { setLotsOfOrders } from '../store/upgrade/set-lots-of-orders.ts';
import { recount } from './recount.ts';
import { givePastSerials } from './past-serials.ts';
import type { OldRun, PlacedOld } from './placed-old.ts';
import { TallyStore } from './tally-store.ts';

/**
 * Gives old runs their boards and counts them there. The board of a run depends on the runs of the record alone, not on
 * the order in which this is called: its unique id where that tells; else the chip that its serial was on then, or
 * came to later; else its serial; else a board of its own.
 */
export async function placeOldRuns(transaction: Transaction, runs: readonly OldRun[]): Promise<void> {
  if (runs.length === 0) return;
  const told = await withoutDuplicates(transaction, runs);
  const chips = new Map<OldRun, string>();
  for (const { run, uid } of told) {
    const chip = uid ?? (run.serial === null ? null : await chipWith(transaction, run));
    if (chip !== null) chips.set(run, chip);
  }
  const boards = await boardsOfChips(transaction, new Set(chips.values()));
  const placed: PlacedOld[] = [];
  for (const run of runs) {
    const chip = chips.get(run);
    placed.push({ run, board: chip === undefined ? await withoutChip(transaction, run) : boards.get(chip)! });
  }
  await setLots(transaction, placed);
  await count(transaction, placed);
  await givePastSerials(transaction, placed);
}

/** Counts runs where they follow what is counted; a board that has a later run already is counted again. */
async function count(transaction: Transaction, placed: readonly PlacedOld[]): Promise<void> {
  const store = await TallyStore.load(transaction, placed);
  const again = new Set<number>();
  for (const one of placed) {
    const { lastSequence } = store.boards.get(one.board)!;
    if (lastSequence !== null && lastSequence > one.run.sequence) again.add(one.board);
    store.begin(one);
    store.end(one);
  }
  await store.save();
  for (const board of again) await recount(transaction, board);
}

type Told = readonly { readonly run: OldRun; readonly uid: string | null }[];

/** Each run with its unique id where that tells. */
async function withoutDuplicates(transaction: Transaction, runs: readonly OldRun[]): Promise<Told> {
  const uids = [...new Set(runs.flatMap(({ uid }) => (uid === null ? [] : [uid])))];
  const rows = await transaction.decision.findMany({
    where: { uid: { in: uids }, decision: 'duplicate-uid' },
    select: { uid: true },
  });
  const duplicates = new Set(rows.map(({ uid }) => uid));
  return runs.map((run) => ({
    run,
    uid: isPlausibleUid(run.uid) && !duplicates.has(run.uid) ? run.uid : null,
  }));
}

/** The boards of unique ids; those that are missing are made. */
async function boardsOfChips(
  transaction: Transaction,
  uids: ReadonlySet<string>,
): Promise<Map<string, number>> {
  const given = [...uids];
  await makeBoards(transaction, given);
  return numbersOfChips(transaction, given);
}

/** The chip that a serial was on before a run, else the first that it was on after it. */
async function chipWith(transaction: Transaction, { serial, sequence }: OldRun): Promise<string | null> {
  const before = await transaction.run.findMany({
    where: { serial, sequence: { lt: sequence }, uid: { not: null } },
    orderBy: { sequence: 'desc' },
    take: LOOKED_AT,
    select: { uid: true },
  });
  const after = await transaction.run.findMany({
    where: { serial, sequence: { gt: sequence }, uid: { not: null } },
    orderBy: { sequence: 'asc' },
    take: LOOKED_AT,
    select: { uid: true },
  });
  return [...before, ...after].map(({ uid }) => uid).find(isPlausibleUid) ?? null;
}

/** Runs with a unique id that may all be blank ones. */
const LOOKED_AT = 8;

/** The board that is known by a serial alone, or one of its own for a run that tells nothing. */
async function withoutChip(transaction: Transaction, { serial }: OldRun): Promise<number> {
  if (serial === null) return (await transaction.board.create({ data: {} })).number;
  const rows = await transaction.boardSerial.findMany({ where: { serial }, select: { board: true } });
  const numbers = rows.map(({ board }) => board);
  const nameless = await transaction.board.findFirst({ where: { number: { in: numbers }, uid: null } });
  if (nameless) return nameless.number;
  const { number } = await transaction.board.create({ data: { serial } });
  await transaction.boardSerial.create({ data: { serial, board: number } });
  return number;
}

/** Chips of an order are of the order's lot. */
async function setLots(transaction: Transaction, placed: readonly PlacedOld[]): Promise<void> {
  const ids = placed.flatMap(({ run }) => (run.workOrder === null ? [] : [run.id]));
  if (ids.length > 0) await setLotsOfOrders(transaction, ids);
}
