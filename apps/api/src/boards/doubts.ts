import type { RecordFinding } from '@boardwalk/contracts';
import type { Transaction } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';
import type { Known } from './finder.ts';

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
export async function recordDoubts(
  transaction: Transaction,
  serial: string | null,
  { uid, holders }: Known,
  board: Board | null,
): Promise<RecordDoubt[]> {
  if (uid === null || serial === null || board?.reference != null) return [];
  const own = board && (await currentSerial(transaction, board.number, serial));
  if (own === serial) return [];
  const about = (kind: RecordDoubt['kind'], other: Board, otherSerial: string | null): RecordDoubt => ({
    ...{ kind, serial, uid, board: board?.number ?? null, otherBoard: other.number, otherSerial },
    ...{ otherUid: other.uid, otherAt: other.lastSeenAt },
  });
  const other = holders.find(
    (one) => one.number !== board?.number && one.uid !== null && one.reference === null,
  );
  return [
    ...(other ? [about('serial-on-second-uid', other, serial)] : []),
    ...(board && own !== null ? [about('uid-under-second-serial', board, own)] : []),
  ];
}

/** The serial that a board has now; where it has several, the one that is preferred, else the latest. */
export async function currentSerial(
  transaction: Transaction,
  board: number,
  preferred: string | null = null,
): Promise<string | null> {
  const [row] = await transaction.$queryRaw<{ serial: string }[]>`
    SELECT "serial" FROM "BoardSerial" WHERE "board" = ${board} AND "current"
    ORDER BY "serial" IS ${preferred} DESC, "lastSequence" DESC LIMIT 1`;
  return row?.serial ?? null;
}
