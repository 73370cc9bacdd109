import { F0_BOARDS } from './f0-boards.ts';
import { F0_SERIES } from './f0-series.ts';
import { F1_BOARDS } from './f1-boards.ts';
import { F1_LOOKALIKES } from './f1-lookalikes.ts';
import { F1_REVISIONS } from './f1-revisions.ts';
import { F1_SERIES } from './f1-series.ts';
import { F3_BOARDS } from './f3-boards.ts';
import { F3_SERIES } from './f3-series.ts';
import type { BoardProfile } from './profile.ts';
import type { Series, SeriesName } from './series.ts';

/** Series by the name that a board profile gives. */
export const SERIES: Readonly<Record<SeriesName, Series>> = {
  f0: F0_SERIES,
  f1: F1_SERIES,
  f3: F3_SERIES,
};

const ROWS: readonly BoardProfile[] = [
  ...F1_BOARDS,
  ...F0_BOARDS,
  ...F3_BOARDS,
  ...F1_REVISIONS,
  ...F1_LOOKALIKES,
];

/** Boards that can be in a virtual socket, by the name that a board spec begins with. */
export const BOARD_PROFILES: ReadonlyMap<string, BoardProfile> = new Map(ROWS.map((row) => [row.name, row]));
