// `npm test`: the tests that do not take long; `npm run test:all` (`--all`): every test that this machine can run.
// Further arguments are Jest's. The last line counts the tests over all projects.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';
import { namesNothing } from './long-suites.mjs';
import { requireNode } from './requires-node.mjs';
import { JEST, running, selectedBy, withoutLong } from './selected-suites.mjs';

requireNode();

const root = fileURLToPath(new URL('..', import.meta.url));
const all = process.argv.includes('--all');
const args = process.argv.slice(2).filter((arg) => arg !== '--all');
const selected = selectedBy(args);
// With every suite selected, a row of the list that names none of them is out of date.
const outOfDate = args.length === 0 ? namesNothing(selected) : [];
if (outOfDate.length > 0) {
  console.error(
    `scripts/long-suites.mjs names no suite with: ${outOfDate.join(', ')}. Correct or delete these rows.`,
  );
  process.exit(1);
}
const suites = all ? selected : withoutLong(selected, args);
if (suites.some((suite) => suite.startsWith('test/'))) buildIfStale('station');
else spawnSync(process.execPath, [join(root, 'scripts/generate-database-client.mjs')], { stdio: 'inherit' });

const folder = mkdtempSync(join(tmpdir(), 'boardwalk-test-'));
const report = join(folder, 'report.json');
const only = running(suites);
const jest = spawnSync(
  process.execPath,
  [...JEST, '--json', `--outputFile=${report}`, ...only.args, ...args],
  { cwd: root, stdio: ['inherit', 'ignore', 'inherit'], env: { ...process.env, ...only.env } },
);

let counts;
try {
  counts = JSON.parse(readFileSync(report, 'utf8'));
} catch {
  console.error('Jest wrote no report; see above.');
  process.exit(1);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const skipped = counts.testResults.flatMap((file) =>
  file.assertionResults.filter((test) => test.status === 'pending'),
);
for (const test of skipped) console.error(`skipped: ${test.fullName}`);
const brokenFiles = counts.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.length === 0,
);
const failed = counts.numFailedTests + brokenFiles.length;
if (counts.numPassedTests === 0) console.error('No test ran.');
const left = selected.length - suites.length;
if (left > 0) console.error(`${left} long suites were left out; \`npm run test:all\` runs them too.`);
console.log(`${counts.numPassedTests} passed, ${failed} failed, ${skipped.length} skipped`);
const unproved = process.env.CI === 'true' && skipped.length > 0;
if (unproved) console.error('In CI every test must run: the skipped ones above count as a failure.');
process.exitCode = jest.status !== 0 || failed > 0 || counts.numPassedTests === 0 || unproved ? 1 : 0;
