import type { Transaction } from '../../persistence/database.ts';

/** An image's segments as they are stored (JSON), and the first words of its files. */
export interface StoredShape {
  readonly segments: string;
  /** The stack pointer that each of its files names, in the order in which they came; null: none. */
  readonly files: readonly { readonly stack: number | null }[];
}

/**
 * The shape of an image that may be named by an earlier id; null: there is none. By the primary keys of `ImageAlias`
 * and `Image`, and that of `ImageFile`.
 */
export async function segmentsOfImage(transaction: Transaction, id: string): Promise<StoredShape | null> {
  const rows = await transaction.$queryRaw<{ segments: string; stack: number | bigint | null }[]>`
    SELECT i."segments", f."stack"
    FROM "Image" i LEFT JOIN "ImageFile" f ON f."image" = i."id"
    WHERE i."id" = coalesce((SELECT "image" FROM "ImageAlias" WHERE "id" = ${id}), ${id})
    ORDER BY f."createdAt", f."fileSha256"`;
  const [first] = rows;
  if (!first) return null;
  const files = rows.map(({ stack }) => ({ stack: stack === null ? null : Number(stack) }));
  return { segments: first.segments, files };
}
