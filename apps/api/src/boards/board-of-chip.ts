import type { Transaction } from '../persistence/database.ts';

/** The board of a chip that no run was of yet, made where there is none. */
export async function boardOfChip(transaction: Transaction, uid: string): Promise<number> {
  const known = await transaction.board.findUnique({ where: { uid }, select: { number: true } });
  if (known) return known.number;
  const at = new Date().toISOString();
  return (await transaction.board.create({ data: { uid, firstSeenAt: at, lastSeenAt: at } })).number;
}
