import type { CreateJob, Problem, Recipe, Transport } from '@boardwalk/contracts';
import { transportFault, TRANSPORTS } from '@boardwalk/station';
import { invalid, ProblemException } from '../problems/problems.ts';

/** A slot as the fixture is wired. */
interface WiredSlot {
  readonly name: string;
  readonly transport: Transport;
}
type Errors = NonNullable<Problem['errors']>;

/** The sentence about a step of the recipe that the way to a slot's board cannot do; null: it can do all. */
export function lackOf({ steps }: Pick<Recipe, 'steps'>, transport: Transport): string | null {
  return transportFault(steps, TRANSPORTS[transport]);
}

/** How the slots of the fixture reach their boards, and which recipes that allows. */
export class SlotTransports {
  constructor(private readonly slots: () => readonly WiredSlot[]) {}

  /**
   * Refuses a job that no slot could run, or not the slot that a unit names.
   * @throws ProblemException 400
   */
  refuse({ units }: CreateJob, recipe: Recipe): void {
    const faults = new Map(this.slots().map(({ name, transport }) => [name, lackOf(recipe, transport)]));
    const [first, ...others] = faults.values();
    if (first && others.every((fault) => fault !== null))
      throw invalid('invalid:transport', { why: first }, '/recipe');
    const errors = (units ?? []).flatMap(({ slot }, index): Errors => {
      const detail = faults.get(slot ?? '') ?? null;
      return detail === null ? [] : [{ pointer: `/units/${index}/slot`, detail }];
    });
    const [wrong] = errors;
    if (wrong)
      throw new ProblemException('invalid:slot', { why: wrong.detail }, { errors: errors.slice(0, 100) });
  }
}
