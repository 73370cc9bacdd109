import type { Recipe } from '@boardwalk/contracts';
import type { Said } from '@boardwalk/work';
import type { Transaction } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';

/** What a unit says of its board. */
interface Named {
  readonly serial: string | null;
  readonly slot: string | null;
}

/**
 * The unit as a board runs it. A golden or known-bad board is never another board: it runs under its own serial, and a
 * unit of any slot is only lent to it (`return-unit.ts` puts it back). A unit that names this slot and another serial
 * waits for that board.
 */
export async function unitOn<Unit extends Named>(
  transaction: Transaction,
  board: Pick<Board, 'number' | 'reference'> | null,
  unit: Unit,
  { patches }: Pick<Recipe, 'patches'>,
): Promise<{ readonly unit: Unit } | { readonly unit: Unit; readonly said: Said }> {
  if (!board?.reference || unit.serial === null) return { unit };
  const rows = await transaction.boardSerial.findMany({ where: { board: board.number } });
  if (rows.some(({ serial }) => serial === unit.serial)) return { unit };
  const own = rows.find(({ current }) => current)?.serial ?? null;
  const writesSerial = patches.some(({ from }) => from === 'scan');
  if (unit.slot === null && (own !== null || !writesSerial)) return { unit: { ...unit, serial: own } };
  const kind = board.reference === 'bad' ? 'known-bad' : 'golden';
  const sentence =
    unit.slot === null
      ? `Board ${board.number} is a ${kind} board without a serial, and the recipe writes one. Take it out, or give it a serial.`
      : `Board ${board.number} is a ${kind} board and does not have serial ${unit.serial}. Take it out and put in ${unit.serial}.`;
  return { unit, said: { reason: 'reference-board', sentence } };
}
