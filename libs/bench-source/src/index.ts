export { openBench } from './open-bench.ts';
export type { BenchWish, OpenedBench } from './open-bench.ts';
