import {
  type Recipe,
  type RecipeState,
  type Signature,
  type SignBody,
  STARTING_JOB_STATES,
  type StationEvent,
} from '@boardwalk/contracts';
import { foldedName, sameName } from '@boardwalk/records';
import { Injectable } from '@nestjs/common';
import { START_TOKEN_ACTOR } from '../accounts/accounts.ts';
import { callerNow } from '../events/caller.ts';
import { EventLog } from '../events/event-log.ts';
import { refused, ProblemException } from '../problems/problems.ts';
import { jobIn } from '../units/job-rows.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import { Policy } from '../settings/policy.ts';
import { RecipeBook } from './recipe-book.ts';
import { Signers } from './signers.ts';

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
    const signer = signsAsOneself(by);
    const { recipe, events } = await this.database.commit(async (transaction) => {
      const before = await this.recipes.get(place.name, place.revision, transaction);
      check(before);
      const { from, to } = ACTIONS[action];
      if (!(from as readonly RecipeState[]).includes(before.state))
        throw refused('wrong-state:revision', { state: before.state, to });
      const signatures = [
        ...before.signatures,
        { action, by, at: new Date().toISOString(), reason: reason ?? null },
      ];
      const others = await this.#othersWho(transaction, before, action);
      if (others.some((other) => sameName(other, by))) throw refused('second-person-needed', { by });
      if (action === 'release') await this.#requireAnother(transaction, before, signer, others);
      const enough = action === 'retire' || others.length + 1 >= this.#peopleNeeded();
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
      where: { recipeName: name, recipeRevision: revision, state: { in: [...STARTING_JOB_STATES] } },
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

  /** Different people who have signed: blanks and case make no other person. Where two are needed, accounts count alone. */
  async #othersWho(transaction: Transaction, before: Recipe, action: Signature['action']): Promise<string[]> {
    const counted =
      this.#peopleNeeded() > 1 ? await new Signers(transaction).ownHand(before) : before.signatures;
    const names = new Map(
      counted.filter((each) => each.action === action).map(({ by }) => [foldedName(by), by]),
    );
    return [...names.values()];
  }

  /** Two persons are two persons. @throws ProblemException 409 */
  async #requireAnother(
    transaction: Transaction,
    { name, revision }: Recipe,
    signer: string | null,
    others: readonly string[],
  ): Promise<void> {
    if (this.#peopleNeeded() < 2 || signer === null) return;
    const signers = new Signers(transaction);
    const author = await signers.authorOf({ name, revision });
    if (author !== null && sameName(author, signer))
      throw refused('second-person-needed:author', { signer, recipe: name, revision });
    const same = await signers.sameHandAs(signer, others);
    if (same !== null) throw refused('second-person-needed:same-hand', { same, signer });
  }

  #peopleNeeded(): number {
    return this.policy.settings.release === 'two' ? 2 : 1;
  }
}

/** An account signs with its own name alone. @returns the account; null for the station's own work */
function signsAsOneself(by: string): string | null {
  const { actor, role } = callerNow();
  if (role === 'station') return null;
  if (actor === START_TOKEN_ACTOR) throw new ProblemException('forbidden:signs', {});
  if (sameName(by, actor)) return actor;
  const errors = [{ pointer: '/by', detail: `must be "${actor}"` }];
  throw new ProblemException('not-your-name', { actor, by }, { errors });
}
