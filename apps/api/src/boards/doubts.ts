import type { RecordFinding } from '@boardwalk/contracts';
import type { Transaction } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';
import { serialsOfBoard } from '../store/boards/serials-of-board.ts';
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
  /** The other one has the serial no more, by a decision. */
  readonly ended: boolean;
}

/**
 * One serial on a second chip, or one chip under a second serial, as the whole record shows: what a decision ended
 * since counts too, or a serial would move from chip to chip and nobody had said so. A pair that the record has now is
 * no doubt, and neither is a reference board. Without a unique id that tells chips apart there is none.
 */
export async function recordDoubts(
  transaction: Transaction,
  serial: string | null,
  { uid, holders, pastHolders }: Known,
  board: Board | null,
): Promise<RecordDoubt[]> {
  if (uid === null || serial === null || board?.reference != null) return [];
  const own = board ? await serialsOfBoard(transaction, board.number, serial) : [];
  if (own[0]?.serial === serial && own[0].current) return [];
  const about = (
    kind: RecordDoubt['kind'],
    other: Board,
    otherSerial: string,
    ended: boolean,
  ): RecordDoubt => ({
    ...{ kind, serial, uid, board: board?.number ?? null, otherBoard: other.number, otherSerial },
    ...{ otherUid: other.uid, otherAt: other.lastSeenAt, ended },
  });
  const isOther = (one: Board): boolean =>
    one.number !== board?.number && one.uid !== null && one.reference === null;
  const other = holders.find(isOther);
  const before = other ? undefined : pastHolders.find(isOther);
  const second = own.find((one) => one.serial !== serial);
  return [
    ...(other ? [about('serial-on-second-uid', other, serial, false)] : []),
    ...(before ? [about('serial-on-second-uid', before, serial, true)] : []),
    ...(second ? [about('uid-under-second-serial', board!, second.serial, !second.current)] : []),
  ];
}

/** The serial that a board has now; where it has several, the latest. */
export async function currentSerial(transaction: Transaction, board: number): Promise<string | null> {
  const [first] = await serialsOfBoard(transaction, board, null);
  return first?.current ? first.serial : null;
}
