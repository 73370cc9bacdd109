import { fieldInWords, pointerStep } from '@boardwalk/contracts';
import type { CreateJob, JobUnit, Patch, Recipe } from '@boardwalk/contracts';
import { encodePatch } from '@boardwalk/station';
import { Injectable } from '@nestjs/common';
import { refuseUnfit } from '../images/image-fit.ts';
import { namedImage, presentId } from '../images/image-names.ts';
import { refused, invalid, ProblemException } from '../problems/problems.ts';
import type { Transaction } from '../persistence/database.ts';
import { RecipeBook } from '../recipes/recipe-book.ts';
import { ENDED_ORDER } from '../recipes/order-book.ts';
import type { Resolved } from './serial-door.ts';
import { SlotTransports } from './slot-transports.ts';

/** Finds what jobs name; what several of one transaction name alike is looked up once. */
export interface Resolver {
  /** @throws ProblemException for what does not exist, or does not go together */
  resolve(body: CreateJob): Promise<Resolved>;
}

@Injectable()
export class JobReferences {
  constructor(
    private readonly recipes: RecipeBook,
    private readonly transports: SlotTransports,
  ) {}

  within(transaction: Transaction): Resolver {
    const known = new Map<string, Promise<Resolved>>();
    return {
      resolve: async (body) => {
        const { workOrder, recipe, image } = body;
        const names = JSON.stringify([workOrder, recipe?.name, recipe?.revision, image]);
        let found = known.get(names);
        if (!found) known.set(names, (found = this.#find(transaction, body)));
        const resolved = await found;
        refuseEnded(body, resolved);
        checkUnits(body, resolved.recipe.patches);
        this.transports.refuse(body, resolved.recipe);
        return resolved;
      },
    };
  }

  /** The recipe with its image as it is known now, and the file by which the job names it. */
  async #find(transaction: Transaction, body: CreateJob): Promise<Resolved> {
    const { recipe, order } = await this.#named(transaction, body);
    const id = await presentId(transaction, recipe.image);
    const named = body.image === undefined ? null : await namedImage(transaction, body.image, '/image');
    if (named && named.id !== id) throw invalid('invalid:order-image', { order: body.workOrder! }, '/image');
    await refuseUnfit(transaction, recipe);
    const imageFileSha256 = named?.fileSha256 ?? recipe.imageFileSha256;
    return { recipe: { ...recipe, image: id, imageFileSha256 }, order };
  }

  async #named(transaction: Transaction, body: CreateJob): Promise<Resolved> {
    if (body.workOrder !== undefined) {
      const order = await transaction.workOrder.findUnique({ where: { id: body.workOrder } });
      if (!order) throw invalid('invalid:no-order', { order: body.workOrder }, '/workOrder');
      const { recipeName, recipeRevision } = order;
      const recipe = await this.recipes.runnable(recipeName, recipeRevision, '/workOrder', transaction);
      refuseAnother(order.id, recipe, body);
      return { recipe, order };
    }
    if (body.recipe) {
      const { name, revision } = body.recipe;
      return { recipe: await this.recipes.runnable(name, revision, '/recipe', transaction), order: null };
    }
    return { recipe: await this.recipes.builtIn(body.image!, transaction), order: null };
  }
}

/** An order that has its boards takes those alone that are tested again; a closed one takes nothing. */
function refuseEnded({ units }: CreateJob, { order }: Resolved): void {
  if (!order || !ENDED_ORDER.has(order.state)) return;
  const onlyAgain = units?.every(({ again }) => again !== undefined) ?? false;
  if (order.state === 'completed' && onlyAgain) return;
  throw refused('work-order-ended', { order: order.id, state: order.state });
}

/** A job may say its order's recipe or image again, but never count another's boards towards the order. */
function refuseAnother(order: string, { name, revision }: Recipe, { recipe }: CreateJob): void {
  if (recipe && (recipe.name !== name || (recipe.revision ?? revision) !== revision))
    throw invalid('invalid:order-recipe', { order, recipe: name, revision }, '/recipe');
}

/** Each unit must bring what the recipe writes into its board, spelled so that it fits. */
function checkUnits(body: CreateJob, patches: readonly Patch[]): void {
  const wanted = patches.filter(({ from }) => from !== 'range');
  if (wanted.length === 0) return;
  if (!body.units) {
    throw invalid('invalid:no-units', {}, '/count');
  }
  const errors = body.units.flatMap((unit, index) =>
    wanted.flatMap((patch) => {
      const { value, pointer } = broughtBy(unit, patch);
      const detail = value === undefined ? 'the recipe writes this, and it is missing' : misfit(patch, value);
      return detail === null ? [] : [{ pointer: `/units/${index}${pointer}`, detail }];
    }),
  );
  if (errors.length === 0) return;
  const why = fieldInWords(errors[0]!);
  throw new ProblemException('invalid:fields', { why }, { errors: errors.slice(0, 100) });
}

function broughtBy(unit: JobUnit, patch: Patch): { value: string | undefined; pointer: string } {
  if (patch.from === 'unit') {
    return { value: unit.data?.[patch.field], pointer: `/data${pointerStep(patch.field)}` };
  }
  return { value: unit.serial ?? undefined, pointer: '/serial' };
}

function misfit(patch: Patch, value: string): string | null {
  try {
    encodePatch(patch, value);
    return null;
  } catch (cause) {
    return (cause as Error).message;
  }
}
