export { share } from './wilson.ts';
export { yieldReport } from './yield.ts';
export type { Attempt, ReportWindow } from './yield.ts';
