import type { TalliedRun } from './tally.ts';

/** The columns of a run that its board counts. */
export const TALLIED = {
  ...{ id: true, sequence: true, startedAt: true, recipeName: true, imageSha256: true, workOrder: true },
  ...{ outcome: true, reason: true, deviceId: true, dpidr: true, flashSizeKib: true, verdict: true },
  ...{ resembles: true, difference: true, life: true, reference: true },
} as const;

/** The columns of a run that tell its board. */
export const PLACED = { ...TALLIED, uid: true, serial: true, board: true } as const;

type Row = Omit<TalliedRun, 'sequence' | 'life'> & {
  readonly sequence: number | null;
  readonly life: number | null;
};

/** A row as it is counted. Every run has a sequence from its claim on, or since the folder was upgraded. */
export function tallied<Given extends Row>(row: Given): Given & TalliedRun {
  return { ...row, sequence: row.sequence!, life: row.life ?? 1 };
}
