export { isPlausibleUid } from './boards.ts';
export type {
  BoardFacts,
  ClaimFacts,
  FitFacts,
  SerialPlace,
  UnitFacts,
  WorkFacts,
} from './claim/claim-facts.ts';
export { doubtPolicyOf } from './claim/doubt-policy.ts';
export type { DoubtPolicy } from './claim/doubt-policy.ts';
export { judge, passedSentence, serialPlaceSentence } from './claim/judge.ts';
export type { Judgement, Said, UnitReason } from './claim/judge.ts';
export { doubtSentence } from './claim/record-doubt.ts';
export type { RecordDoubt } from './claim/record-doubt.ts';
export { judgeOpening } from './claim/slot-opening.ts';
export type { CheckRun, Fixture, OpeningAsked, OpeningJudged } from './claim/slot-opening.ts';
export { DECISIONS, isAbout, misfitOf } from './decisions/decisions.ts';
export type { BoardState, DecisionAbout, DecisionName } from './decisions/decisions.ts';
export { lossAfterCompletion, placeIn } from './orders/order-place.ts';
export type { NoPlace, OrderFacts, OrderPlace } from './orders/order-place.ts';
export { COMMAND_CODES, COMMAND_PREFIX, slotCode } from './scan/commands.ts';
export type { ScanCommand } from './scan/commands.ts';
export { fold, nearForms, nearlyEqual } from './scan/nearly-equal.ts';
export { readCode } from './scan/read-code.ts';
export type { ReadCode } from './scan/read-code.ts';
export { formatSerial, largestOf } from './serials/serial-format.ts';
export { judgeSerial, judgeText, ruleInWords, serialFault } from './serials/serial-rule.ts';
export type { Judged, RangeOfRule, ResolvedRule } from './serials/serial-rule.ts';
export { placeSerial } from './cycle/place-serial.ts';
export type { SerialPlaced, SerialToPlace } from './cycle/place-serial.ts';
export { slotsInWords } from './cycle/slot-facts.ts';
export type { SlotFacts } from './cycle/slot-facts.ts';
export { doneSentence } from './cycle/done-sentence.ts';
