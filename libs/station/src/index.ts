export { Bench } from './bench/bench.ts';
export type { BenchChange, BenchOptions } from './bench/bench.ts';
export type { BenchSlot } from './bench/bench-slot.ts';
export { BenchHeldError, benchHolder, claimBench } from './claim/bench-claim.ts';
export type { BenchClaim, BenchHolder } from './claim/bench-claim.ts';
export { StationError } from './errors.ts';
export { outcomeOf } from './run/outcome.ts';
export { REASONS } from './run/reasons.ts';
export type { RunRequest, RunResult, RunSink } from './run/run-request.ts';
