import { CLONES } from './clones/report.ts';
import { CONTROL } from './control/report.ts';
import { CYCLE_TIME } from './cycle-time/report.ts';
import { FAILURES } from './failures/report.ts';
import { RECALL } from './recall/report.ts';
import type { Report } from './report.ts';
import { SHIFT_LEDGER } from './shift-ledger/report.ts';
import { SLOTS } from './slots/report.ts';
import { YIELD } from './yield/report.ts';

/** Every report. Its route, its access rule and its table follow from its row here. */
export const REPORTS: readonly Report[] = [
  YIELD,
  CLONES,
  FAILURES,
  SLOTS,
  CYCLE_TIME,
  CONTROL,
  RECALL,
  SHIFT_LEDGER,
];
