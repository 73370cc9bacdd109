import type { Recipe } from '@boardwalk/contracts';
import {
  geometriesOf,
  misfitOfAll,
  type FlashGeometry,
  type ImageShape,
  type Misfit,
} from '@boardwalk/flash';
import type { Transaction } from '../persistence/database.ts';
import { refused, invalid } from '../problems/problems.ts';
import { segmentsOfImage } from '../store/images/segments-of-image.ts';
import { presentId } from './image-names.ts';
import { shapeOfRow, WHOLE } from './image-rows.ts';

type Stated = Pick<Recipe, 'steps' | 'part' | 'allowBeyondStated'>;

/** Every chip that a recipe allows: those of its part, and those that its identify steps expect. */
export function chipsOf({ steps, part, allowBeyondStated }: Stated): FlashGeometry[] {
  const expected = steps.flatMap((step) => (step.step === 'identify' ? [step.expect] : []));
  const statements = [
    { deviceIds: part?.deviceId === undefined ? undefined : [part.deviceId], size: part?.flashSizeKib },
    ...expected.map(({ deviceId, flashSizeKib }) => ({ deviceIds: deviceId, size: flashSizeKib })),
  ];
  const named = statements.flatMap(({ deviceIds }) => (deviceIds === undefined ? [] : [deviceIds]));
  const sizes = statements.flatMap(({ size }) => (size === undefined ? [] : [size]));
  const deviceIds = named.reduce<string[] | undefined>(
    (both, ids) => (both === undefined ? [...ids] : both.filter((id) => ids.includes(id))),
    undefined,
  );
  return geometriesOf({
    ...(deviceIds === undefined ? {} : { deviceIds: deviceIds.map((id) => parseInt(id, 16)) }),
    // A size that the chip states is no bound where the recipe allows to go beyond it.
    ...(sizes.length === 0 || allowBeyondStated ? {} : { flashSizeKib: Math.min(...sizes) }),
  });
}

/** The part of a stored image that decides where it belongs. @throws ProblemException 409 where this version cannot read it */
export async function shapeOfImage(transaction: Transaction, id: string): Promise<ImageShape> {
  const unread = await transaction.imageToName.findUnique({ where: { id } });
  if (unread?.problem != null) throw refused('image-unreadable', { image: id, why: unread.problem });
  return shapeOfRow(await transaction.image.findUniqueOrThrow({ where: { id }, include: WHOLE }));
}

/** The same of an image that was in use before, in one statement; a recipe may name it by an earlier id. */
export async function presentShape(transaction: Transaction, id: string): Promise<ImageShape> {
  const stored = await segmentsOfImage(transaction, id);
  if (!stored) throw new Error(`Image ${id} is not in the database.`);
  return shapeOfRow(stored);
}

/** Bytes that a recipe adds to its image, and the field that says so. */
export interface Addition {
  readonly pointer: string;
  readonly spans: readonly { readonly address: number; readonly bytes: number }[];
}

/** @throws ProblemException 400 at the field whose bytes belong into no chip that the recipe allows */
export function refuseMisfit(recipe: Stated, image: ImageShape, additions: readonly Addition[]): void {
  const chips = chipsOf(recipe);
  refuse(misfitOfAll(image, chips), '/image');
  for (const { spans, pointer } of additions)
    refuse(misfitOfAll({ segments: spans, stack: null }, chips), pointer);
}

function refuse(misfit: Misfit | null, pointer: string): void {
  if (!misfit) return;
  throw invalid('invalid:misfit', { why: misfit.message, remedy: misfit.remedy }, pointer);
}

/** The image of a recipe that was stored before may fit no more. @throws ProblemException 409 */
export async function refuseUnfit(transaction: Transaction, recipe: Recipe): Promise<void> {
  const shape = await shapeOfImage(transaction, await presentId(transaction, recipe.image));
  const misfit = misfitOfAll(shape, chipsOf(recipe));
  if (misfit) throw refused('image-does-not-fit', { why: misfit.message, remedy: misfit.remedy });
}
