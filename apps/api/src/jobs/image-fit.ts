import type { Recipe } from '@boardwalk/contracts';
import { fitOf, stackMisfitOf, type ChipSize } from '@boardwalk/flash';
import { lineOf } from '@boardwalk/series';
import type { FitFacts } from '@boardwalk/work';
import { presentShape } from '../images/image-fit.ts';
import type { Transaction } from '../persistence/database.ts';

/** Whether what a recipe writes has a place on the chip that a look has read. */
export async function fitOn(transaction: Transaction, recipe: Recipe, chip: ChipSize): Promise<FitFacts> {
  const image = await presentShape(transaction, recipe.image);
  const added = [...recipe.patches, ...fillsOf(recipe)].map(({ address, bytes }) => ({
    address: parseInt(address, 16),
    bytes,
  }));
  const segments = [...image.segments, ...added].map(({ address, bytes }) => ({
    address,
    data: { length: bytes },
  }));
  const fit = fitOf({ segments }, chip, recipe.allowBeyondStated);
  const line = chip.deviceId === null ? null : lineOf(parseInt(chip.deviceId, 16));
  return { ...fit, misfit: line ? stackMisfitOf(image.stack, line) : null };
}

/** Ranges that a program step fills; without a range it fills gaps within the image. */
function fillsOf({ steps }: Recipe): { address: string; bytes: number }[] {
  return steps.flatMap((step) => {
    if (step.step !== 'program' || step.fill?.from === undefined) return [];
    const { from, bytes, to } = step.fill;
    return [{ address: from, bytes: bytes ?? parseInt(to!, 16) - parseInt(from, 16) }];
  });
}
