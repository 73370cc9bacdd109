import type { Assessment, Identity } from '@boardwalk/contracts';
import type { Expectation } from './expectation.ts';
import { factsOf } from './facts.ts';
import { resembledFamily } from './families.ts';
import { firedRows, groupSums } from './findings.ts';
import { gateOf } from './gates.ts';
import { MODEL_VERSION } from './model.ts';
import { isOtherPart, modifiersOf } from './modifiers.ts';
import { notReadOf } from './not-read.ts';
import { summaryOf } from './summary.ts';
import { strengthOf, verdictOf } from './verdict.ts';

/**
 * The findings of an identity and what they come to: only what was really read counts, gates come first, then the evidence. It
 * never says "genuine" of a chip and never accuses a maker: no public method proves a part genuine.
 */
export function assess(identity: Identity, expectation: Expectation = {}): Assessment {
  const facts = factsOf(identity, expectation);
  const fired = firedRows(facts);
  const modifiers = modifiersOf(facts, fired);
  const gate = gateOf(facts, fired);
  const sums = groupSums(fired);
  const score = sums.reduce((sum, value) => sum + value, 0);
  const verdict = gate === null ? verdictOf(facts, fired, score) : 'insufficient';
  const resembles = verdict === 'differs' ? resembledFamily(facts) : null;
  return {
    verdict,
    strength: strengthOf(verdict, sums),
    resembles,
    score,
    findings: fired.map(({ finding }) => finding),
    modifiers,
    summary: gate ?? summaryOf(verdict, resembles, facts, fired, modifiers),
    notRead: notReadOf(identity, facts),
    modelVersion: MODEL_VERSION,
    difference: verdict !== 'differs' ? null : isOtherPart(facts, fired, resembles) ? 'part' : 'maker',
  };
}
