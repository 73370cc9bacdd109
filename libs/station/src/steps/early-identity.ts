import { assess, expectationOf } from '@boardwalk/identity';
import { refuseWrongPart, statedBy } from './part.ts';
import type { StepContext } from './step-context.ts';

/**
 * Reads what the chip is where the recipe would not, or not before it changes the board: the records must know the board
 * before anything is done to it.
 * @returns what the records say about it, for the step's words; empty otherwise
 */
export async function identifyEarly(context: StepContext): Promise<string> {
  const { facts, request } = context;
  if (facts.identity || context.identifiesInTime) return '';
  const identity = await context.link.identify({
    targetVoltage: facts.targetVoltage,
    readUnderReset: facts.underReset,
    activeChecks: false,
  });
  const assessment = assess(identity, expectationOf(request.recipe));
  facts.identity = identity;
  facts.assessment = assessment;
  const finding = await context.onIdentified(identity, assessment);
  refuseWrongPart(statedBy(request.recipe.part), identity);
  return finding;
}
