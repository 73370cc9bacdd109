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
export { DECISIONS, isAbout, misfitOf } from './decisions/decisions.ts';
export type { BoardState, DecisionAbout, DecisionName } from './decisions/decisions.ts';
export { lossAfterCompletion, placeIn } from './orders/order-place.ts';
export type { NoPlace, OrderFacts, OrderPlace } from './orders/order-place.ts';
