import { isPlausibleUid } from '@boardwalk/work';
import type { Database, Transaction } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';

/** What is known of the board in a socket. */
export interface Sought {
  readonly uid: string | null;
  readonly serial: string | null;
}

/** The board that it is; `joins`: one without a unique id that turns out to be the same chip. */
export interface Found {
  readonly board: Board | null;
  readonly joins: Board | null;
}

/** The unique id where it tells one chip from another; null for one that is blank, repeated or said to be a duplicate. */
export async function tellingUid(reader: Database | Transaction, uid: string | null): Promise<string | null> {
  if (!isPlausibleUid(uid)) return null;
  const where = { uid, decision: 'duplicate-uid' };
  return (await reader.decision.findFirst({ where, select: { sequence: true } })) ? null : uid;
}

/** The boards that have a serial now, the one that ran with it last first. */
export async function holdersOf(reader: Database | Transaction, serial: string): Promise<Board[]> {
  const rows = await reader.boardSerial.findMany({
    where: { serial, current: true },
    orderBy: { lastSequence: 'desc' },
    take: MANY_HOLDERS,
    select: { board: true },
  });
  const numbers = rows.map(({ board }) => board);
  const boards = await reader.board.findMany({ where: { number: { in: numbers } } });
  return numbers.flatMap((number) => boards.find((board) => board.number === number) ?? []);
}

/** A serial of tests may have been on thousands of boards; the latest ones decide. */
const MANY_HOLDERS = 20;

/** Which board it is. By its unique id; else by its serial, unless that is on a chip with another unique id. */
export async function findBoard(transaction: Transaction, { uid, serial }: Sought): Promise<Found> {
  const telling = await tellingUid(transaction, uid);
  const holders = serial === null ? [] : await holdersOf(transaction, serial);
  if (telling === null) return { board: holders[0] ?? null, joins: null };
  const nameless = holders.find((board) => board.uid === null) ?? null;
  const known = await transaction.board.findUnique({ where: { uid: telling } });
  if (!known) return { board: nameless, joins: null };
  const joins = nameless && (await mayJoin(transaction, known, nameless)) ? nameless : null;
  return { board: known, joins };
}

/** Two boards are one chip only where their serials agree: the one has none, or both have the same. */
export async function mayJoin(transaction: Transaction, known: Board, nameless: Board): Promise<boolean> {
  if (nameless.uid !== null || nameless.number === known.number) return false;
  const rows = await transaction.boardSerial.findMany({
    where: { board: { in: [known.number, nameless.number] }, current: true },
  });
  const of = (number: number) => rows.filter(({ board }) => board === number).map(({ serial }) => serial);
  const [here, there] = [of(known.number), of(nameless.number)];
  return here.length === 0 || there.every((serial) => here.includes(serial));
}
