import { atTime } from '../words.ts';
import type { ClaimFacts, SerialPlace } from './claim-facts.ts';
import { doubtSentence } from './record-doubt.ts';

/** Why a unit waits, ends or is refused: stable words. */
export type UnitReason =
  | 'serial-busy'
  | 'board-held'
  | 'board-rejected'
  | 'board-busy'
  | 'image-does-not-fit'
  | 'slot-cannot'
  | 'slot-not-open'
  | 'reference-board'
  | 'passed-already'
  | 'no-place'
  | 'record-held'
  | 'record-refused';

/** What was found, and what to do next. */
export interface Said {
  readonly reason: UnitReason;
  readonly sentence: string;
}

/**
 * What becomes of a unit at the board in a slot. go: it starts, with a finding where the record doubts and the policy
 * accepts; wait: it stays in the queue, and another unit may take the board; hold: the board waits for a person, and
 * the unit for the board; done, refuse: it ends without a run.
 */
export type Judgement =
  | { readonly kind: 'go'; readonly finding: string | null }
  | ({ readonly kind: 'wait' | 'hold' | 'done' | 'refuse' } & Said);

type Rule = (facts: ClaimFacts) => Judgement | null;

const wait = (reason: UnitReason, sentence: string): Judgement => ({ kind: 'wait', reason, sentence });

const serialElsewhere: Rule = ({ elsewhere, unit }) =>
  elsewhere &&
  wait('serial-busy', `${serialPlaceSentence(unit.serial ?? '', elsewhere)} Wait until it is done.`);

const boardSetAside: Rule = ({ board }) => {
  if (!board || board.state === 'free') return null;
  const { number, state, stateReason } = board;
  const because = stateReason === null ? '' : ` ${stateReason}`;
  return wait(
    `board-${state}`,
    `Board ${number} is ${state}.${because} Take it out; quality decides about it.`,
  );
};

const boardElsewhere: Rule = ({ board }) =>
  board?.runsIn
    ? wait(
        'board-busy',
        `A chip with the same unique id runs in slot ${board.runsIn} now. Wait until it is done, and check both chips.`,
      )
    : null;

const imageOfAnotherChip: Rule = ({ fit: { fits, needsKib, statesKib, misfit = null } }) => {
  if (fits) return misfit === null ? null : wait('image-does-not-fit', misfit);
  const room = statesKib === null ? 'no chip of this family has as much' : `this chip states ${statesKib}`;
  return wait('image-does-not-fit', `image needs ${needsKib} KiB, ${room}`);
};

const slotCannot: Rule = ({ slotLacks }) =>
  slotLacks === null ? null : wait('slot-cannot', `${slotLacks} Put the board into another slot.`);

const slotNotOpen: Rule = ({ notOpen }) => (notOpen === null ? null : wait('slot-not-open', notOpen));

/** A count takes boards that are not made yet. */
const passedWithoutSerial: Rule = ({ unit, ordered, work, boardWork: { passedAt } }) => {
  if (unit.serial !== null || unit.again !== null || !ordered || passedAt === null) return null;
  return wait(
    'passed-already',
    `This board passed in ${work}${atTime('', passedAt)}. Put in the next board.`,
  );
};

const passedUnderSerial: Rule = ({ unit, work, serialWork: { passedAt } }) => {
  if (unit.serial === null || unit.again !== null || passedAt === null) return null;
  return { kind: 'done', reason: 'passed-already', sentence: passedSentence(unit.serial, work, passedAt) };
};

/** A retest of a board that counts already takes no place; of one that the order lost it takes a free one. */
const noPlace: Rule = ({ place, unit, boardWork, serialWork }) => {
  if (!place || place.open) return null;
  const full = place.why === 'completed' || place.why === 'full';
  const counts = boardWork.passedAt !== null || serialWork.passedAt !== null;
  const lost = (boardWork.inOrder || serialWork.inOrder) && place.left > 0;
  if (unit.again !== null && full && (counts || lost)) return null;
  return wait('no-place', place.sentence);
};

const recordDoubt: Rule = ({ doubts, policy, slot }) => {
  if (doubts.length === 0 || policy === 'accept') return null;
  const found = `${doubtSentence(doubts, slot)} Nothing was written.`;
  return policy === 'hold'
    ? {
        kind: 'hold',
        reason: 'record-held',
        sentence: `${found} Take the board out; quality decides about it.`,
      }
    : {
        ...{ kind: 'refuse', reason: 'record-refused' },
        sentence: `${found} The recipe refuses that: check the label and the board.`,
      };
};

/** The first that applies decides. */
const RULES: readonly Rule[] = [
  serialElsewhere,
  boardSetAside,
  boardElsewhere,
  slotCannot,
  slotNotOpen,
  imageOfAnotherChip,
  passedWithoutSerial,
  passedUnderSerial,
  noPlace,
  recordDoubt,
];

/** Reference boards (golden, known bad) check the station: no rule about the record is for them. */
const OF_REFERENCES: readonly Rule[] = [serialElsewhere, boardElsewhere, slotCannot, imageOfAnotherChip];

/** Whether a unit may start on the board in a slot; what else becomes of it. */
export function judge(facts: ClaimFacts): Judgement {
  for (const rule of facts.board?.reference ? OF_REFERENCES : RULES) {
    const judgement = rule(facts);
    if (judgement) return judgement;
  }
  const finding = facts.doubts.length === 0 ? null : doubtSentence(facts.doubts, facts.slot);
  return { kind: 'go', finding };
}

/** Where a serial is, for whoever asks for it a second time. */
export function serialPlaceSentence(serial: string, { state, slot, jobId }: SerialPlace): string {
  if (state === 'running') return `${serial} is in slot ${slot}.`;
  return `${serial} waits${slot === null ? '' : ` for slot ${slot}`} in ${jobId}.`;
}

/** That a serial's board has passed, and how to test it again. */
export function passedSentence(serial: string, work: string, at: string): string {
  return `${serial} passed in ${work}${atTime('', at)}. To test it again, say again and why.`;
}
