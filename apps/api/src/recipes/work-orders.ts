import type { CreateWorkOrder, WorkOrder } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { conflict, invalid, notFound } from '../http/problems.ts';
import { Database } from '../persistence/database.ts';
import { RecipeBook } from './recipe-book.ts';

/** A recipe revision, a quantity and a lot. */
@Injectable()
export class WorkOrders {
  constructor(
    private readonly database: Database,
    private readonly recipes: RecipeBook,
  ) {}

  async create({ id, recipe, quantity, lot }: CreateWorkOrder): Promise<WorkOrder> {
    const { name, revision } = await this.recipes.get(recipe.name, recipe.revision).catch(() => {
      throw invalid(`There is no recipe "${recipe.name}".`, '/recipe');
    });
    if (await this.database.workOrder.findUnique({ where: { id } })) {
      throw conflict('work-order-exists', `There is a work order "${id}" already.`);
    }
    const createdAt = new Date().toISOString();
    await this.database.workOrder.create({
      data: { id, recipeName: name, recipeRevision: revision, quantity, lot, createdAt },
    });
    return this.get(id);
  }

  async get(id: string): Promise<WorkOrder> {
    const row = await this.database.workOrder.findUnique({ where: { id } });
    if (!row) throw notFound(`work order "${id}"`);
    const passed = await this.database.run.count({ where: { workOrder: id, outcome: 'PASS' } });
    const { recipeName: name, recipeRevision: revision, quantity, lot, createdAt } = row;
    return { id, recipe: { name, revision }, quantity, lot, passed, createdAt };
  }
}
