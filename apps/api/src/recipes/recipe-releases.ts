import type { Recipe, RecipeState, SignBody, Signature, StationEvent } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { START_TOKEN_ACTOR } from '../accounts/accounts.ts';
import { callerNow } from '../events/caller.ts';
import { EventLog } from '../events/event-log.ts';
import { conflict, ProblemException } from '../problems/problems.ts';
import { jobIn } from '../jobs/job-rows.ts';
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
    const { recipe, events } = await this.database.commit(async (transaction) => {
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
      const held = action === 'retire' ? await this.#holdJobsOf(transaction, place) : [];
      const recipe = await this.recipes.get(place.name, place.revision, transaction);
      const changed = await this.events.append(transaction, 'recipe.changed', recipe);
      return { recipe, events: [changed, ...held] };
    });
    this.events.publish(...events);
    return recipe;
  }

  /** A retired revision runs no more: what waits for it is held until a person decides. */
  async #holdJobsOf(transaction: Transaction, { name, revision }: { name: string; revision: number }) {
    const rows = await transaction.job.findMany({
      where: { recipeName: name, recipeRevision: revision, state: { in: ['queued', 'running'] } },
    });
    const told: StationEvent[] = [];
    for (const row of rows) {
      const reason = `Revision ${revision} of recipe "${name}" was retired.`;
      const held = { state: row.state === 'queued' ? 'held' : 'paused', reason };
      await transaction.job.update({ where: { id: row.id }, data: held });
      const job = await jobIn(transaction, row.id);
      told.push(await this.events.append(transaction, 'job.changed', job));
    }
    return told;
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

/** A name as one spelling of it. */
function personOf(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

function samePerson(a: string, b: string): boolean {
  return personOf(a) === personOf(b);
}

/** Different people; blanks and case make no other person. */
function signersOf(signatures: readonly Signature[], action: Signature['action']): string[] {
  const names = signatures.filter((each) => each.action === action).map(({ by }) => personOf(by));
  return [...new Set(names)];
}
