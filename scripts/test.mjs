// `npm test`: every test that this machine can run; the last line counts them over all projects.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';
import { requireNode } from './requires-node.mjs';

requireNode();
buildIfStale('station');

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'boardwalk-test-'));
const report = join(folder, 'report.json');
const jest = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    join(root, 'node_modules/jest/bin/jest.js'),
    '--json',
    `--outputFile=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: ['inherit', 'ignore', 'inherit'] },
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
console.log(`${counts.numPassedTests} passed, ${failed} failed, ${skipped.length} skipped`);
const unproved = process.env.CI === 'true' && skipped.length > 0;
if (unproved) console.error('In CI every test must run: the skipped ones above count as a failure.');
process.exitCode = jest.status !== 0 || failed > 0 || counts.numPassedTests === 0 || unproved ? 1 : 0;
