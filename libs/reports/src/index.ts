export type { Attempt, ReportWindow } from './attempt.ts';
export { REPORTS } from './registry.ts';
export type { Report, ReportFold } from './report.ts';
export { share } from './wilson.ts';
export type { YieldReport, YieldRow } from './yield/columns.ts';
export { YieldFold, yieldReport } from './yield/fold.ts';
