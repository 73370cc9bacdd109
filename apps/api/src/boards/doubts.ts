import type { RecordFinding } from '@boardwalk/contracts';
import type { Transaction } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';
import { findBoard, holdersOf, tellingUid, type Sought } from './finder.ts';

/** What the record says against giving this serial to this chip. */
export interface RecordDoubt {
  readonly kind: RecordFinding['kind'];
  readonly serial: string;
  readonly uid: string;
  /** The board in the socket; null where it was never seen before. */
  readonly board: number | null;
  readonly otherBoard: number;
  readonly otherSerial: string | null;
  readonly otherUid: string | null;
  /** When the other one ran last. */
  readonly otherAt: string | null;
}

/**
 * One serial on a second chip, or one chip under a second serial, as the whole record shows. A pair that the record has
 * already is no doubt, and neither is a reference board. Without a unique id that tells chips apart there is none.
 */
export async function recordDoubts(transaction: Transaction, sought: Sought): Promise<RecordDoubt[]> {
  const { serial } = sought;
  const uid = await tellingUid(transaction, sought.uid);
  if (uid === null || serial === null) return [];
  const { board } = await findBoard(transaction, { uid, serial });
  if (board?.reference != null) return [];
  const pair = board && (await pairOf(transaction, board.number, serial));
  if (pair?.current) return [];
  const about = (kind: RecordDoubt['kind'], other: Board, otherSerial: string | null): RecordDoubt => ({
    ...{ kind, serial, uid, board: board?.number ?? null, otherBoard: other.number, otherSerial },
    ...{ otherUid: other.uid, otherAt: other.lastSeenAt },
  });
  const holders = await holdersOf(transaction, serial);
  const other = holders.find(
    (one) => one.number !== board?.number && one.uid !== null && one.reference === null,
  );
  const own = board && (await currentSerial(transaction, board.number));
  return [
    ...(other ? [about('serial-on-second-uid', other, serial)] : []),
    ...(board && own !== null ? [about('uid-under-second-serial', board, own)] : []),
  ];
}

function pairOf(transaction: Transaction, board: number, serial: string) {
  return transaction.boardSerial.findUnique({ where: { serial_board: { serial, board } } });
}

/** The serial that a board has now, the latest where it has several. */
export async function currentSerial(transaction: Transaction, board: number): Promise<string | null> {
  const row = await transaction.boardSerial.findFirst({
    where: { board, current: true },
    orderBy: { lastSequence: 'desc' },
    select: { serial: true },
  });
  return row?.serial ?? null;
}
