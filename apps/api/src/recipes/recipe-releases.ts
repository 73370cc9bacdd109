import type { Recipe, RecipeState, SignBody, Signature } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { START_TOKEN_ACTOR } from '../accounts/accounts.ts';
import { callerNow } from '../events/caller.ts';
import { EventLog } from '../events/event-log.ts';
import { conflict, ProblemException } from '../http/problems.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import { Policy } from '../policy.ts';
import { RecipeBook } from './recipe-book.ts';

/** Where a signature may be set, and where it leads once there are enough. */
const ACTIONS = {
  release: { from: ['draft'], to: 'released' },
  retire: { from: ['draft', 'released'], to: 'retired' },
} as const satisfies Record<Signature['action'], { from: readonly RecipeState[]; to: RecipeState }>;

/** Draft, released, retired: each way has a name under it, and a release two where the owner wants two people. */
@Injectable()
export class RecipeReleases {
  constructor(
    private readonly database: Database,
    private readonly recipes: RecipeBook,
    private readonly events: EventLog,
    private readonly policy: Policy,
  ) {}

  async sign(
    place: { name: string; revision: number },
    action: Signature['action'],
    { by, reason }: SignBody,
    check: (before: Recipe) => void = () => undefined,
  ): Promise<Recipe> {
    signsAsOneself(by);
    const { recipe, event } = await this.database.commit(async (transaction) => {
      const before = await this.recipes.get(place.name, place.revision, transaction);
      check(before);
      const { from, to } = ACTIONS[action];
      if (!(from as readonly RecipeState[]).includes(before.state))
        throw conflict('wrong-state', `The revision is ${before.state}; it cannot be ${to}.`);
      const signatures = [
        ...before.signatures,
        { action, by, at: new Date().toISOString(), reason: reason ?? null },
      ];
      const signers = signersOf(signatures, action);
      if (signers.length === signersOf(before.signatures, action).length)
        throw conflict('second-person-needed', `${by} has signed already; another person must sign too.`);
      const enough = action === 'retire' || signers.length >= this.#peopleNeeded();
      await transaction.recipe.update({
        where: { name_revision: place },
        data: { signatures: JSON.stringify(signatures), ...(enough ? { state: to } : {}) },
      });
      if (action === 'retire') await holdJobsOf(transaction, place);
      const recipe = await this.recipes.get(place.name, place.revision, transaction);
      return { recipe, event: await this.events.append(transaction, 'recipe.changed', recipe) };
    });
    this.events.publish(event);
    return recipe;
  }

  #peopleNeeded(): number {
    return this.policy.settings.release === 'two' ? 2 : 1;
  }
}

/** An account signs with its own name alone; who holds the station's start token may say who stands beside him. */
function signsAsOneself(by: string): void {
  const { actor, role } = callerNow();
  if (role === 'station' || actor === START_TOKEN_ACTOR || samePerson(by, actor)) return;
  throw new ProblemException(403, 'not-your-name', `You are ${actor} and cannot sign as ${by}.`, [
    { pointer: '/by', detail: `must be "${actor}"` },
  ]);
}

function samePerson(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** Different people; blanks and case make no other person. */
function signersOf(signatures: readonly Signature[], action: Signature['action']): string[] {
  const names = signatures.filter((each) => each.action === action).map(({ by }) => by.trim().toLowerCase());
  return [...new Set(names)];
}

/** A retired revision runs no more: what waits for it is held until a person decides. */
async function holdJobsOf(transaction: Transaction, { name, revision }: { name: string; revision: number }) {
  const jobs = { recipeName: name, recipeRevision: revision };
  const reason = `Revision ${revision} of recipe "${name}" was retired.`;
  await transaction.job.updateMany({ where: { ...jobs, state: 'queued' }, data: { state: 'held', reason } });
  await transaction.job.updateMany({
    where: { ...jobs, state: 'running' },
    data: { state: 'paused', reason },
  });
}
