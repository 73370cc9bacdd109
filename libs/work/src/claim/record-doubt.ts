import type { RecordFinding } from '@boardwalk/contracts';
import { atTime } from '../words.ts';

/**
 * A doubt about records: one serial on two chips, or one chip under two serials. It says nothing about the chip
 * itself, so it never touches the identity verdict.
 */
export interface RecordDoubt {
  readonly kind: RecordFinding['kind'];
  readonly serial: string;
  readonly uid: string;
  readonly otherSerial: string | null;
  readonly otherUid: string | null;
  /** When the record saw the other one last, RFC 3339. */
  readonly otherAt: string | null;
  /** The other one has the serial no more, by a decision. */
  readonly ended: boolean;
}

type Sentence = (doubt: RecordDoubt, slot: string) => string;

const SENTENCES: Readonly<Record<RecordDoubt['kind'], Sentence>> = {
  'serial-on-second-uid': ({ serial, uid, otherUid, otherAt, ended }, slot) =>
    `Serial ${serial} ${ended ? 'was on' : 'belongs to'} chip ${otherUid}${atTime(', seen', otherAt)}; the chip in slot ${slot} is ${uid}.`,
  'uid-under-second-serial': ({ serial, uid, otherSerial, otherAt, ended }, slot) =>
    `The chip in slot ${slot} (${uid}) ${ended ? 'had' : 'has'} serial ${otherSerial}${atTime(', seen', otherAt)}; it came as ${serial}.`,
};

/** Names the other serial or unique id, and its time. */
export function doubtSentence(doubts: readonly RecordDoubt[], slot: string): string {
  return doubts.map((doubt) => SENTENCES[doubt.kind](doubt, slot)).join(' ');
}
