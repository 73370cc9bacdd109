export { share } from './wilson.ts';
export { YieldFold, yieldReport } from './yield.ts';
export type { Attempt, ReportWindow } from './yield.ts';
