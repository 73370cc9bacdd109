import { hex32 } from '@boardwalk/contracts';
import {
  beyondStated,
  FlashError,
  planFlash,
  type FlashAccess,
  type FlashGeometry,
  type FlashPlan,
  type Image,
} from '@boardwalk/flash';
import { filledImage, fillsOf } from '../patches/filled-image.ts';
import { stepFailure, type StepFailure } from '../request/reasons.ts';
import type { ChooseGeometry } from '../link/board-link.ts';
import type { StepContext } from './step-context.ts';

/** The flash of this run's board, opened by whichever step needs it first. */
export async function flashOf(context: StepContext): Promise<FlashAccess> {
  const { facts, link } = context;
  return (facts.flash ??= await link.openFlash(async (stated, answers) => {
    facts.geometry = await roomFor(context, stated, answers);
    return facts.geometry;
  }));
}

/** The image, filled as the recipe says, laid on this target’s flash: no other step knows of a fill. */
export async function planOf(context: StepContext): Promise<FlashPlan> {
  const { geometry } = await flashOf(context);
  return (context.facts.plan ??= planFlash(wholeImage(context), geometry));
}

/** Whether an image uses flash beyond what the chip states; then only reading every byte back proves it. */
export function isBeyondStated({ statedBytes }: FlashGeometry): boolean {
  return statedBytes !== undefined;
}

/** A failure beyond what the chip states is no bad board: it has no such flash. */
export function orNoSuchFlash(cause: unknown, { facts }: StepContext): unknown {
  if (!(cause instanceof FlashError) || cause.address === null) return cause;
  return noSuchFlashAt(cause.address, facts.geometry, cause.message) ?? cause;
}

export function noSuchFlashAt(
  address: number,
  geometry: FlashGeometry | null,
  because: string,
): StepFailure | null {
  const stated = geometry?.statedBytes;
  if (!geometry || stated === undefined || address < geometry.baseAddress + stated) return null;
  return stepFailure('image-does-not-fit:no-such-flash', { kib: stated / 1024, why: because });
}

function wholeImage({ request: { image, recipe } }: StepContext): Image {
  return filledImage(image, fillsOf(recipe.steps));
}

/** Flash beyond what the chip states, where the recipe allows it, the image needs it, and the chip answers there. */
async function roomFor(
  context: StepContext,
  ...[stated, answers]: Parameters<ChooseGeometry>
): Promise<FlashGeometry> {
  if (!context.request.recipe.allowBeyondStated) return stated;
  const end = Math.max(...wholeImage(context).segments.map(({ address, data }) => address + data.length));
  const larger = beyondStated(stated);
  if (end <= stated.baseAddress + stated.sizeBytes || end > larger.baseAddress + larger.sizeBytes)
    return stated;
  const last = larger.baseAddress + larger.sizeBytes - 4;
  if (await answers(last)) return larger;
  throw noSuchFlashAt(last, larger, `nothing answers at ${hex32(last)}.`)!;
}
