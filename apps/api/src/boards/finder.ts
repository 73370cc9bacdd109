import { isPlausibleUid } from '@boardwalk/work';
import type { Transaction } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';
import { boardsSought, type BoardSought } from '../store/boards/boards-sought.ts';

/** What is known of the board in a socket. */
export interface Sought {
  readonly uid: string | null;
  readonly serial: string | null;
}

/** The record's boards of a unique id and of a serial, each on its own. */
export interface Known {
  /** The unique id where it tells one chip from another; null for one that is blank, repeated or said to be a duplicate. */
  readonly uid: string | null;
  /** The board of that unique id. */
  readonly chip: Board | null;
  /** The boards that have the serial now, the one that ran with it last first. */
  readonly holders: readonly Board[];
  /** The boards that had the serial until a decision, in the same order. */
  readonly pastHolders: readonly Board[];
}

/** The board that it is; `joins`: one without a unique id that turns out to be the same chip. */
export interface Found {
  readonly board: Board | null;
  readonly joins: Board | null;
}

/** A serial of tests may have been on thousands of boards; the latest ones decide. */
const MANY_HOLDERS = 20;

/** Reads what the record has of a unique id and a serial, in one statement. */
export async function lookUp(transaction: Transaction, { uid, serial }: Sought): Promise<Known> {
  const plausible = isPlausibleUid(uid) ? uid : null;
  if (plausible === null && serial === null) return { uid: null, chip: null, holders: [], pastHolders: [] };
  const rows = await boardsSought(transaction, { uid: plausible, serial }, MANY_HOLDERS);
  const of = (what: BoardSought['as']): Board[] =>
    rows.filter((row) => row.as === what).map(({ board }) => board);
  const isDuplicate = of('duplicate').length > 0;
  return {
    uid: isDuplicate ? null : plausible,
    chip: isDuplicate ? null : (of('chip')[0] ?? null),
    holders: of('holder'),
    pastHolders: of('past'),
  };
}

/** Which board it is. By its unique id; else by its serial, unless that is on a chip with another unique id. */
export async function boardOfKnown(transaction: Transaction, { uid, chip, holders }: Known): Promise<Found> {
  if (uid === null) return { board: holders[0] ?? null, joins: null };
  const nameless = holders.find((board) => board.uid === null) ?? null;
  if (!chip) return { board: nameless, joins: null };
  const joins = nameless && (await mayJoin(transaction, chip, nameless)) ? nameless : null;
  return { board: chip, joins };
}

/** Two boards are one chip only where their serials agree: the one never had any, or both have the same. */
async function mayJoin(transaction: Transaction, known: Board, nameless: Board): Promise<boolean> {
  if (nameless.uid !== null || nameless.number === known.number) return false;
  const rows = await transaction.boardSerial.findMany({
    where: { board: { in: [known.number, nameless.number] } },
  });
  const of = (number: number) => rows.filter(({ board }) => board === number);
  const here = of(known.number);
  const has = (serial: string): boolean => here.some((row) => row.current && row.serial === serial);
  return here.length === 0 || of(nameless.number).every(({ current, serial }) => !current || has(serial));
}
