import type { BoardFacts, ClaimFacts } from './claim-facts.ts';
import { atTime } from '../words.ts';

/**
 * A doubt about records: one serial on two chips, or one chip under two serials. It says nothing about the chip
 * itself, so it never touches the identity verdict.
 */
export interface RecordDoubt {
  readonly kind: 'serial-on-second-uid' | 'uid-under-second-serial';
  readonly serial: string;
  readonly uid: string;
  /** The board that has the serial now, where it is not the one in the slot. */
  readonly otherBoard: number | null;
  readonly otherSerial: string | null;
  readonly otherUid: string | null;
  /** When the record saw the other serial or unique id last. */
  readonly otherAt: string | null;
  readonly sentence: string;
}

type DoubtFacts = Pick<ClaimFacts, 'slot' | 'unit' | 'uid' | 'board' | 'holder' | 'accepted'>;

/** The doubt that a unit's serial and the chip in a slot raise together; null: none. */
export function recordDoubtOf({ slot, unit, uid, board, holder, accepted }: DoubtFacts): RecordDoubt | null {
  const { serial } = unit;
  if (serial === null || uid === null || accepted) return null;
  if (board?.reference || holder?.reference) return null;
  if (holder && holder.uid !== null && holder.uid !== uid)
    return onSecondUid(serial, uid, slot, holder, board);
  if (board && board.serial !== null && board.serial !== serial)
    return underSecondSerial(serial, uid, slot, board, board.serial, holder);
  return null;
}

function onSecondUid(
  serial: string,
  uid: string,
  slot: string,
  holder: BoardFacts,
  board: BoardFacts | null,
): RecordDoubt {
  const { uid: otherUid, number: otherBoard, lastSeenAt: otherAt } = holder;
  const itsOwn = board?.serial ? `, which the record knows as ${board.serial}` : '';
  return {
    ...{ kind: 'serial-on-second-uid', serial, uid, otherBoard, otherUid, otherAt },
    otherSerial: board?.serial ?? null,
    sentence:
      `Serial ${serial} belongs to chip ${otherUid}${atTime(' seen', otherAt)}; ` +
      `the chip in slot ${slot} is ${uid}${itsOwn}.`,
  };
}

function underSecondSerial(
  serial: string,
  uid: string,
  slot: string,
  { lastSeenAt: otherAt }: BoardFacts,
  otherSerial: string,
  holder: BoardFacts | null,
): RecordDoubt {
  const otherBoard = holder?.number ?? null;
  return {
    ...{ kind: 'uid-under-second-serial', serial, uid, otherBoard, otherSerial, otherAt },
    otherUid: null,
    sentence: `The chip in slot ${slot} (${uid}) has serial ${otherSerial}${atTime(', seen', otherAt)}; it came as ${serial}.`,
  };
}
