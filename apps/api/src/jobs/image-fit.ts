import type { Image, Recipe } from '@boardwalk/contracts';
import { fitOf, type ChipSize } from '@boardwalk/flash';
import type { FitFacts } from '@boardwalk/work';
import { presentId } from '../images/image-names.ts';
import type { Transaction } from '../persistence/database.ts';

/** Whether what a recipe writes has a place on the chip that a look has read. */
export async function fitOn(transaction: Transaction, recipe: Recipe, chip: ChipSize): Promise<FitFacts> {
  const id = await presentId(transaction, recipe.image);
  const { segments } = await transaction.image.findUniqueOrThrow({ where: { id } });
  const spans = [...(JSON.parse(segments) as Image['segments']), ...recipe.patches, ...fillsOf(recipe)];
  const sized = spans.map(({ address, bytes }) => ({
    address: parseInt(address, 16),
    data: { length: bytes },
  }));
  return fitOf({ segments: sized }, chip, recipe.allowBeyondStated);
}

/** Ranges that a program step fills; without a range it fills gaps within the image. */
function fillsOf({ steps }: Recipe): { address: string; bytes: number }[] {
  return steps.flatMap((step) => {
    if (step.step !== 'program' || step.fill?.from === undefined) return [];
    const { from, bytes, to } = step.fill;
    return [{ address: from, bytes: bytes ?? parseInt(to!, 16) - parseInt(from, 16) }];
  });
}
