import type { ScanFate } from '@boardwalk/contracts';
import type { ScanTurn } from './scan-turn.ts';

/** The serial that asks for its slot, or for *again*: one an operator. */
export function asksFor(turn: ScanTurn, asks: 'slot' | 'again', serial: string, scanId: number | null): void {
  Object.assign(turn.choice, { serial, asks, scanId });
}

export function forgetAsked(turn: ScanTurn): void {
  Object.assign(turn.choice, { serial: null, asks: null, scanId: null });
}

/** The scan of a serial that was put off is settled: its unit says the rest, or it ended so. */
export async function settleScan(
  { transaction }: ScanTurn,
  id: number,
  data: { unitId?: number; slot?: string; fate: ScanFate | null; reason?: string | null },
): Promise<void> {
  await transaction.scan.update({ where: { id }, data: { reason: null, ...data } });
}

/** Ends what asks: a serial that waits for its slot is cancelled, one that is done stays refused. */
export async function dropAsked(turn: ScanTurn, reason: string): Promise<string | null> {
  const { serial, scanId, asks } = turn.choice;
  if (asks === null) return null;
  if (asks === 'slot' && scanId !== null) await settleScan(turn, scanId, { fate: 'cancelled', reason });
  forgetAsked(turn);
  return asks === 'slot' ? serial : null;
}
