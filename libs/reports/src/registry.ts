import type { Report } from './report.ts';
import { YIELD } from './yield/report.ts';

/** Every report. Its route, its access rule and its table follow from its row here. */
export const REPORTS: readonly Report[] = [YIELD];
