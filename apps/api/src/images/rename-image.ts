import { BUILT_IN_RECIPE } from '@boardwalk/contracts';
import type { Transaction } from '../persistence/database.ts';

/**
 * Gives an image of an earlier version its new id; the old one becomes an alias. Where an image of that id is there
 * already, both become one.
 */
export async function renameImage(
  transaction: Transaction,
  old: string,
  { id, segments, bytes }: { readonly id: string; readonly segments: string; readonly bytes: number },
): Promise<void> {
  if (await transaction.image.findUnique({ where: { id } })) {
    const there = await transaction.imageFile.findMany({ where: { image: id } });
    const fileSha256 = { in: there.map((file) => file.fileSha256) };
    await transaction.imageFile.deleteMany({ where: { image: old, fileSha256 } });
    await transaction.imageFile.updateMany({ where: { image: old }, data: { image: id } });
    await transaction.imageAlias.updateMany({ where: { image: old }, data: { image: id } });
    await transaction.image.delete({ where: { id: old } });
  } else await transaction.image.update({ where: { id: old }, data: { id, segments, bytes } });
  await transaction.imageAlias.create({ data: { id: old, image: id } });
  await transaction.imageToName.deleteMany({ where: { id: old } });
  // Attempts with the built-in recipe are counted per image: those under the old id go on under the new one.
  await transaction.boardAttempts.updateMany({
    where: { recipe: `${BUILT_IN_RECIPE} ${old}` },
    data: { recipe: `${BUILT_IN_RECIPE} ${id}` },
  });
}
