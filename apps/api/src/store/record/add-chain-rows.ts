import { INSERT_ROWS, type ChainRow } from '@boardwalk/records';
import type { Transaction } from '../../persistence/database.ts';

/** Adds linked rows to the record, in their order, in one statement. The statement is the record's own (libs/records). */
export async function addChainRows(transaction: Transaction, rows: readonly ChainRow[]): Promise<void> {
  await transaction.$executeRawUnsafe(INSERT_ROWS, JSON.stringify(rows));
}
