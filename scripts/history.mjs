// `npm run history -- --runs N --data DIR [--seed S]`: makes a data folder with two years of work, for measurements. The
// same seed makes the same runs. A station opens it, and `boardwalk audit verify` finds its chain whole.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale } from './build-if-stale.mjs';

const { values } = parseArgs({
  options: { runs: { type: 'string' }, data: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed) || values.data === undefined) {
  console.error('Write npm run history -- --runs N --data DIR [--seed S], with whole numbers.');
  process.exit(3);
}
const folder = resolve(values.data);
const file = join(folder, 'boardwalk.db');
if (existsSync(file)) {
  console.error(`${file} is there already. Name a folder without a record.`);
  process.exit(3);
}
buildIfStale('cli');
const { writeHistory } = await import('./history/write-history.mjs');
mkdirSync(folder, { recursive: true });
const begun = performance.now();
writeHistory(file, { runs, seed }, (done) => console.error(`${done} of ${runs} runs`));
const seconds = ((performance.now() - begun) / 1000).toFixed(0);
const perRun = (statSync(file).size / runs / 1024).toFixed(1);
console.log(`${file} has ${runs} runs of seed ${seed}: ${perRun} KiB a run, made in ${seconds} s.`);
