import { CLONES } from './clones/report.ts';
import type { BoardReport, Report } from './report.ts';
import { YIELD } from './yield/report.ts';

/** Every report. Its route, its access rule and its table follow from its row here. */
export const REPORTS: readonly Report[] = [YIELD];

/** Every report that counts boards by what their chips show. */
export const BOARD_REPORTS: readonly BoardReport[] = [CLONES];
