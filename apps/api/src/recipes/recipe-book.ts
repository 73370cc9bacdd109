import {
  BUILT_IN_RECIPE,
  CreateRevision,
  type CreateRecipe,
  type Recipe,
  type RecipeStep,
} from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { conflict, invalid, notFound } from '../http/problems.ts';
import { Database } from '../persistence/database.ts';
import type { Recipe as Row } from '../persistence/gen/client.ts';

/** Recipes as immutable revisions. */
@Injectable()
export class RecipeBook {
  constructor(private readonly database: Database) {}

  async create({ name, ...body }: CreateRecipe): Promise<Recipe> {
    if (await this.database.recipe.findFirst({ where: { name } })) {
      throw conflict('recipe-exists', `There is a recipe "${name}" already; add a revision to it.`);
    }
    return this.#add(name, 1, body);
  }

  async revise(name: string, body: CreateRevision): Promise<Recipe> {
    const latest = await this.get(name);
    return this.#add(name, latest.revision + 1, body);
  }

  async #add(name: string, revision: number, body: CreateRevision): Promise<Recipe> {
    if (!(await this.database.image.findUnique({ where: { id: body.image } }))) {
      throw invalid(`There is no image ${body.image}; upload it first.`, '/image');
    }
    const row = await this.database.recipe.create({
      data: {
        name,
        revision,
        description: body.description,
        image: body.image,
        steps: JSON.stringify(withPolicy(body.steps, body.onDiffers)),
        timeoutSeconds: body.timeoutSeconds,
        createdAt: new Date().toISOString(),
      },
    });
    return toRecipe(row);
  }

  async list(): Promise<Recipe[]> {
    const rows = await this.database.recipe.findMany({ orderBy: [{ name: 'asc' }, { revision: 'desc' }] });
    return rows.map(toRecipe);
  }

  /** A revision, the latest where none is named. @throws ProblemException 404 */
  async get(name: string, revision?: number): Promise<Recipe> {
    const where = revision === undefined ? { name } : { name, revision };
    const row = await this.database.recipe.findFirst({ where, orderBy: { revision: 'desc' } });
    if (!row)
      throw notFound(
        revision === undefined ? `recipe "${name}"` : `revision ${revision} of recipe "${name}"`,
      );
    return toRecipe(row);
  }

  /** The recipe of a job with an image alone: flash, verify, reset. */
  async builtIn(image: string): Promise<Recipe> {
    const same = await this.database.recipe.findFirst({ where: { name: BUILT_IN_RECIPE, image } });
    if (same) return toRecipe(same);
    const latest = await this.database.recipe.findFirst({
      where: { name: BUILT_IN_RECIPE },
      orderBy: { revision: 'desc' },
    });
    const body = CreateRevision.parse({ image, description: 'Built in: flash, verify, reset.' });
    return this.#add(BUILT_IN_RECIPE, (latest?.revision ?? 0) + 1, body);
  }
}

function withPolicy(steps: readonly RecipeStep[], onDiffers: CreateRevision['onDiffers']): RecipeStep[] {
  return steps.map((step) => (step.step === 'identify' && onDiffers ? { ...step, onDiffers } : step));
}

function toRecipe(row: Row): Recipe {
  return { ...row, steps: JSON.parse(row.steps) as RecipeStep[] };
}
