import { atTime } from '../words.ts';
import type { BoardFacts, ClaimFacts } from './claim-facts.ts';
import { recordDoubtOf, type RecordDoubt } from './record-doubt.ts';

/** Why a unit waits, ends or is refused: stable words. */
export type UnitReason =
  | 'serial-busy'
  | 'board-held'
  | 'board-rejected'
  | 'board-busy'
  | 'image-too-large'
  | 'passed-already'
  | 'order-full'
  | 'record-doubt';

interface Said {
  readonly reason: UnitReason;
  /** What was found, and what to do next. */
  readonly sentence: string;
}

/** What becomes of a unit at the board in a slot. */
export type Judgement =
  /** It starts; with a doubt that a policy or a person accepts, the record gets a finding. */
  | { readonly kind: 'go'; readonly finding: RecordDoubt | null; readonly by: 'policy' | 'decision' | null }
  /** It stays in the queue; another unit may take the board. */
  | ({ readonly kind: 'wait' } & Said)
  /** The board waits for a person, and the unit for the board. */
  | ({ readonly kind: 'hold'; readonly doubt: RecordDoubt } & Said)
  /** It ends: its board has passed here. */
  | ({ readonly kind: 'done'; readonly at: string } & Said)
  /** It ends without a run. */
  | ({ readonly kind: 'refuse'; readonly doubt: RecordDoubt } & Said);

type Rule = (facts: ClaimFacts) => Judgement | null;

const wait = (reason: UnitReason, sentence: string): Judgement => ({ kind: 'wait', reason, sentence });

/** The board that the rules are about: the chip in the slot, or the serial's where the chip tells nothing. */
function subjectOf({ board, holder, uid }: ClaimFacts): BoardFacts | null {
  return board ?? (uid === null ? holder : null);
}

const serialElsewhere: Rule = ({ elsewhere, unit }) =>
  elsewhere && wait('serial-busy', `${placeOfSerial(unit.serial ?? '', elsewhere)} Wait until it is done.`);

const boardSetAside: Rule = (facts) => {
  const board = subjectOf(facts);
  if (!board || board.state === 'free') return null;
  const { number, state, stateReason } = board;
  const because = stateReason === null ? '' : ` ${stateReason}`;
  return wait(
    state === 'held' ? 'board-held' : 'board-rejected',
    `Board ${number} is ${state}.${because} Take it out; quality decides about board ${number}.`,
  );
};

const boardElsewhere: Rule = (facts) => {
  const board = subjectOf(facts);
  if (!board?.runsIn) return null;
  return wait(
    'board-busy',
    `A chip with the same unique id runs in slot ${board.runsIn} now. Wait until it is done, and check both chips.`,
  );
};

const imageTooLarge: Rule = ({ neededKib, statedKib, allowBeyondStated }) =>
  statedKib === null || allowBeyondStated || neededKib <= statedKib
    ? null
    : wait(
        'image-too-large',
        `The image needs ${neededKib} KiB, this chip states ${statedKib}. Put in a larger chip.`,
      );

/** A count takes boards that are not made yet. */
const passedWithoutSerial: Rule = (facts) => {
  const { unit, place, work } = facts;
  const passedAt = subjectOf(facts)?.passedAt ?? null;
  if (unit.serial !== null || unit.again !== null || place === null || passedAt === null) return null;
  return wait(
    'passed-already',
    `This board passed in ${work}${atTime('', passedAt)}. Put in the next board.`,
  );
};

const passedUnderSerial: Rule = ({ unit, holder, work }) => {
  if (unit.serial === null || unit.again !== null || !holder?.passedAt) return null;
  const { passedAt: at } = holder;
  return {
    ...{ kind: 'done', reason: 'passed-already', at },
    sentence: `${passedSentence(unit.serial, work, at)} To test it again, say again and why.`,
  };
};

/** A retest of a board that counts already takes no place; of one that the order lost it takes a free one. */
const noPlace: Rule = (facts) => {
  const { place, unit, board, holder } = facts;
  if (!place || place.open) return null;
  if (unit.again !== null) {
    const one = board ?? holder;
    if (one?.passedAt && (place.why === 'completed' || place.why === 'full')) return null;
    if (one?.inOrder && place.why === 'completed' && place.passed < place.of) return null;
  }
  return wait('order-full', place.sentence);
};

const recordDoubt: Rule = (facts) => {
  const doubt = recordDoubtOf(facts);
  if (!doubt || facts.policy === 'accept') return null;
  const { sentence } = doubt;
  return facts.policy === 'hold'
    ? {
        ...{ kind: 'hold', reason: 'record-doubt', doubt },
        sentence: `${sentence} Nothing was written. Take the board out; quality decides about it.`,
      }
    : {
        ...{ kind: 'refuse', reason: 'record-doubt', doubt },
        sentence: `${sentence} The recipe refuses that; nothing was written. Check the label and the board.`,
      };
};

/** The first that applies decides. */
const RULES: readonly Rule[] = [
  serialElsewhere,
  boardSetAside,
  boardElsewhere,
  imageTooLarge,
  passedWithoutSerial,
  passedUnderSerial,
  noPlace,
  recordDoubt,
];

/** Reference boards (golden, known bad) are measured against, so none of the rules about the record is for them. */
const OF_REFERENCES: readonly Rule[] = [serialElsewhere, boardElsewhere, imageTooLarge];

/** Whether a unit may start on the board in a slot; what else becomes of it. */
export function judge(facts: ClaimFacts): Judgement {
  const rules = subjectOf(facts)?.reference ? OF_REFERENCES : RULES;
  for (const rule of rules) {
    const judgement = rule(facts);
    if (judgement) return judgement;
  }
  const byPolicy = recordDoubtOf(facts);
  const finding = byPolicy ?? recordDoubtOf({ ...facts, accepted: false });
  return { kind: 'go', finding, by: finding === null ? null : byPolicy ? 'policy' : 'decision' };
}

/** Where a serial is, for whoever asks for it a second time. */
export function placeOfSerial(
  serial: string,
  { state, slot, jobId }: NonNullable<ClaimFacts['elsewhere']>,
): string {
  if (state === 'running') return `${serial} is in slot ${slot ?? '?'}.`;
  return `${serial} waits${slot === null ? '' : ` for slot ${slot}`} in ${jobId}.`;
}

/** That a serial's board has passed. */
export function passedSentence(serial: string, work: string, at: string): string {
  return `${serial} passed in ${work}${atTime('', at)}.`;
}
