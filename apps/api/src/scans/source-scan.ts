import { Injectable } from '@nestjs/common';
import { placeInOrder } from '../recipes/order-places.ts';
import { dropAsked } from './asked-serial.ts';
import { knownNames } from './known-names.ts';
import { NO_CHOICE, refusal, type Choice, type ScanOutcome, type ScanTurn } from './scan-turn.ts';
import { ScanUnits } from './scan-units.ts';

type Source = Pick<Choice, 'workOrder' | 'recipe'>;

/** A scanned order or recipe: it only says what is made from now on. */
@Injectable()
export class SourceScan {
  constructor(private readonly units: ScanUnits) {}

  async order(turn: ScanTurn, id: string): Promise<ScanOutcome> {
    const { transaction, now, choice } = turn;
    const place = await placeInOrder(transaction, id, now);
    const row = await transaction.workOrder.findUniqueOrThrow({ where: { id } });
    const bar = place?.open ? await this.#barOf(turn, row.recipeName, row.recipeRevision) : place?.sentence;
    // The boards that follow must not go to the order before; one that is chosen already stays for its retests.
    if (bar) return this.#refuse(turn, id, bar, choice.workOrder === id);
    await this.#choose(turn, { workOrder: id, recipe: null });
    return chosen('work-order', id, `Work order ${id}: scan the first board.`);
  }

  async recipe(turn: ScanTurn, name: string): Promise<ScanOutcome> {
    const bar = await this.#barOf(turn, name);
    if (bar) return this.#refuse(turn, name, bar, turn.choice.recipe === name);
    await this.#choose(turn, { workOrder: null, recipe: name });
    return chosen('recipe', name, `Recipe ${name}: scan the first board.`);
  }

  /** A code that is nearly a known one: nothing starts, and what follows does not go to another order. */
  async offer(turn: ScanTurn, text: string, near: readonly string[]): Promise<ScanOutcome> {
    const { workOrder, recipe } = turn.choice;
    const other = await namesSource(turn, near);
    const chosen = workOrder ?? recipe;
    if (other && chosen !== null && !near.includes(chosen))
      await this.#choose(turn, { workOrder: null, recipe: null });
    const message = `${text} is not known. Did you mean ${near.join(' or ')}? Nothing was started. Check caps lock and the keyboard layout of the scanner, and scan the code again.`;
    return refusal(text, message, text, { meaning: 'unknown' });
  }

  async #choose(turn: ScanTurn, source: Source): Promise<void> {
    await dropAsked(turn, 'Another order or recipe was chosen.');
    const { workOrder, recipe, lot } = turn.choice;
    const same = workOrder === source.workOrder && recipe === source.recipe;
    Object.assign(turn.choice, NO_CHOICE, source, same ? { lot } : {});
  }

  async #refuse(turn: ScanTurn, name: string, bar: string, keep: boolean): Promise<ScanOutcome> {
    if (!keep) await this.#choose(turn, { workOrder: null, recipe: null });
    return { ...refusal(name, bar, name), kept: { code: name, fate: null, reason: bar } };
  }

  /** Why a recipe may not run on this station now. */
  async #barOf({ transaction }: ScanTurn, name: string, revision?: number): Promise<string | null> {
    const recipe = await this.units.runnable(transaction, name, revision);
    return 'refused' in recipe ? recipe.refused : null;
  }
}

async function namesSource({ transaction }: ScanTurn, names: readonly string[]): Promise<boolean> {
  for (const name of names) {
    const { order, recipe } = await knownNames(transaction, name);
    if (order || recipe) return true;
  }
  return false;
}

function chosen(meaning: 'work-order' | 'recipe', name: string, message: string): ScanOutcome {
  return { meaning, value: name, message, kept: { code: name, fate: null } };
}
