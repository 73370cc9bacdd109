import {
  BUILT_IN_RECIPE,
  CreateRevision,
  type CreateRecipe,
  type OnCohortChange,
  type OnRecordDoubt,
  type OpenShift,
  type Patch,
  type Recipe,
  type RecipeQuery,
  type RecipeState,
  type RecipeStep,
  type Signature,
} from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { callerNow } from '../events/caller.ts';
import { EventLog } from '../events/event-log.ts';
import { shapeOfImage } from '../images/image-fit.ts';
import { idsOfImage, namedImage } from '../images/image-names.ts';
import { decodeCursor, pageOf, type Page } from '../lists/cursor.ts';
import { invalid, refused } from '../problems/problems.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import type { Prisma, Recipe as Row } from '../persistence/gen/client.ts';
import { Policy } from '../settings/policy.ts';
import { SerialBook } from '../serials/serial-book.ts';
import { checkContent } from './recipe-content.ts';

type Reader = Database | Transaction;

/** Recipes as immutable revisions. */
@Injectable()
export class RecipeBook {
  constructor(
    private readonly database: Database,
    private readonly serials: SerialBook,
    private readonly policy: Policy,
    private readonly events: EventLog,
  ) {}

  async create({ name, ...body }: CreateRecipe): Promise<Recipe> {
    return this.database.commit(async (transaction) => {
      if (await transaction.recipe.findFirst({ where: { name } })) {
        throw refused('recipe-exists', { recipe: name });
      }
      return this.#add(name, 1, body, transaction);
    });
  }

  /** `check` sees the latest revision before another is added. */
  async revise(
    name: string,
    body: CreateRevision,
    check: (latest: Recipe) => void = () => undefined,
  ): Promise<Recipe> {
    return this.database.commit(async (transaction) => {
      const latest = await this.get(name, undefined, transaction);
      check(latest);
      return this.#add(name, latest.revision + 1, body, transaction);
    });
  }

  async #add(name: string, revision: number, body: CreateRevision, reader: Transaction): Promise<Recipe> {
    const image = await namedImage(reader, body.image, '/image');
    checkContent(body, await shapeOfImage(reader, image.id));
    await this.serials.checkPatches(body.patches, reader);
    const row = await reader.recipe.create({
      data: {
        name,
        revision,
        description: body.description,
        image: image.id,
        imageFileSha256: image.fileSha256,
        steps: JSON.stringify(withPolicy(body.steps, body.onDiffers)),
        timeoutSeconds: body.timeoutSeconds,
        patches: JSON.stringify(body.patches),
        onRecordDoubt: body.onRecordDoubt ?? null,
        allowBeyondStated: body.allowBeyondStated ?? false,
        onCohortChange: body.onCohortChange ?? null,
        openShift: body.openShift ?? null,
        part: body.part ? JSON.stringify(body.part) : null,
        author: callerNow().actor,
        createdAt: new Date().toISOString(),
      },
    });
    const recipe = toRecipe(row);
    await this.events.change(reader, 'recipe.added', recipe);
    return recipe;
  }

  async list({ name, state, limit, cursor }: RecipeQuery): Promise<Page<Recipe>> {
    const place = decodeCursor(cursor);
    const after: Prisma.RecipeWhereInput = place
      ? { OR: [{ name: { gt: place.at } }, { name: place.at, revision: { lt: Number(place.id) || 0 } }] }
      : {};
    const rows = await this.database.recipe.findMany({
      where: { AND: [name ? { name } : {}, state ? { state } : {}, after] },
      orderBy: [{ name: 'asc' }, { revision: 'desc' }],
      take: limit + 1,
    });
    return pageOf(rows, limit, (row) => ({ at: row.name, id: String(row.revision) }), toRecipe);
  }

  /** A revision, the latest where none is named. @throws ProblemException 404 */
  async get(name: string, revision?: number, reader: Reader = this.database): Promise<Recipe> {
    const where = revision === undefined ? { name } : { name, revision };
    const row = await reader.recipe.findFirst({ where, orderBy: { revision: 'desc' } });
    if (!row)
      throw revision === undefined
        ? refused('not-found:recipe', { name })
        : refused('not-found:revision', { name, revision });
    return toRecipe(row);
  }

  /**
   * The revision that a job or a work order may run: the revision named, or the latest released one, or the latest draft where
   * this station runs drafts. @throws ProblemException 400 at `pointer` for none, 409 for one that may not run
   */
  async runnable(
    name: string,
    revision: number | undefined,
    pointer: string,
    reader: Reader = this.database,
  ): Promise<Recipe> {
    const find = (state?: RecipeState) =>
      reader.recipe.findFirst({
        where: { name, ...(revision === undefined ? {} : { revision }), ...(state ? { state } : {}) },
        orderBy: { revision: 'desc' },
      });
    const row = (await find('released')) ?? (await find('draft')) ?? (await find());
    const what = `recipe "${name}"${revision === undefined ? '' : ` revision ${revision}`}`;
    if (!row) throw invalid('invalid:no-recipe', { recipe: what }, pointer);
    const recipe = toRecipe(row);
    const bar = this.barOf(recipe);
    if (bar) throw refused(bar, { recipe: recipe.name, revision: recipe.revision });
    return recipe;
  }

  /** The reason why a revision may not run on this station as it is now; null: it may. */
  barOf({ state }: Pick<Recipe, 'state'>): 'recipe-retired' | 'recipe-not-released' | null {
    if (state === 'retired') return 'recipe-retired';
    return state === 'draft' && this.policy.settings.release !== 'open' ? 'recipe-not-released' : null;
  }

  /** The recipe of a job with an image alone: flash, verify, reset. */
  async builtIn(image: string, reader: Reader = this.database): Promise<Recipe> {
    if (this.policy.settings.release !== 'open') {
      throw refused('recipe-not-released:image', {});
    }
    const ids = await idsOfImage(reader, image, '/image');
    const same = await reader.recipe.findFirst({ where: { name: BUILT_IN_RECIPE, image: { in: ids } } });
    if (same) return toRecipe(same);
    const latest = await reader.recipe.findFirst({
      where: { name: BUILT_IN_RECIPE },
      orderBy: { revision: 'desc' },
    });
    const body = CreateRevision.parse({ image, description: 'Built in: flash, verify, reset.' });
    return this.#add(BUILT_IN_RECIPE, (latest?.revision ?? 0) + 1, body, reader);
  }
}

function withPolicy(steps: readonly RecipeStep[], onDiffers: CreateRevision['onDiffers']): RecipeStep[] {
  return steps.map((step) => (step.step === 'identify' && onDiffers ? { ...step, onDiffers } : step));
}

/** A stored revision as the contract shows it. */
export function toRecipe({ part, onRecordDoubt, onCohortChange, openShift, ...row }: Row): Recipe {
  return {
    ...row,
    ...(part === null ? {} : { part: JSON.parse(part) as Recipe['part'] }),
    ...(onRecordDoubt === null ? {} : { onRecordDoubt: onRecordDoubt as OnRecordDoubt }),
    ...(onCohortChange === null ? {} : { onCohortChange: onCohortChange as OnCohortChange }),
    ...(openShift === null ? {} : { openShift: openShift as OpenShift }),
    steps: JSON.parse(row.steps) as RecipeStep[],
    patches: JSON.parse(row.patches) as Patch[],
    state: row.state as RecipeState,
    signatures: JSON.parse(row.signatures) as Signature[],
  };
}
