import type { ScanResult } from '@boardwalk/contracts';
import type { WrongCode } from '../strip/bench-sight.ts';
import { asIs, message, type Message, type PlainKey } from '../words/message.ts';

/** How an answer looks: a shape and a word, each enough alone. */
export interface ScanLook {
  readonly shape: string;
  readonly word: PlainKey;
}

type Shown = ScanResult['meaning'] | 'starts' | 'place' | 'not-sent' | 'logged-in';

const LOOKS: Readonly<Record<Shown, ScanLook>> = {
  starts: { shape: '▶', word: 'answerStarts' },
  place: { shape: '▼', word: 'answerPlace' },
  serial: { shape: '○', word: 'answerKnown' },
  'work-order': { shape: '■', word: 'answerOrder' },
  recipe: { shape: '◆', word: 'answerRecipe' },
  slot: { shape: '⬒', word: 'answerSlot' },
  badge: { shape: '☆', word: 'answerBadge' },
  'logged-in': { shape: '★', word: 'answerOperator' },
  unknown: { shape: '?', word: 'answerUnknown' },
  command: { shape: '⌘', word: 'answerCommand' },
  refused: { shape: '✕', word: 'answerRefused' },
  'not-sent': { shape: '!', word: 'answerNotDone' },
};

/** What the operator sees of one scan. */
export interface ScanShown {
  readonly look: ScanLook;
  /** Of what kind: an order's, a recipe's or a slot's name, after the word. */
  readonly name: string;
  readonly message: Message;
  /** Where nothing came of the code. */
  readonly wrong: WrongCode | null;
}

const NAMED: ReadonlySet<ScanResult['meaning']> = new Set(['serial', 'slot', 'work-order', 'recipe']);
const WRONG: ReadonlySet<ScanResult['meaning']> = new Set(['unknown', 'refused']);

export function shownOf({ meaning, value, message: sentence, jobId, expects }: ScanResult): ScanShown {
  const begun = expects === 'board' ? 'place' : 'starts';
  const look = LOOKS[meaning === 'serial' && jobId !== null ? begun : meaning];
  const wrong = WRONG.has(meaning) ? { code: value, message: asIs(sentence) } : null;
  return { look, name: NAMED.has(meaning) ? value : '', message: asIs(sentence), wrong };
}

/** A scan that was not sent, or came to nothing before the station read it. */
export const notDone = (why: Message): ScanShown => ({
  ...{ look: LOOKS['not-sent'], name: '', message: why },
  wrong: { code: null, message: why },
});

export const loggedInScan = (account: string, role: string): ScanShown => ({
  ...{ look: LOOKS['logged-in'], name: account, wrong: null },
  message: message('worksHere', { account, role }),
});
