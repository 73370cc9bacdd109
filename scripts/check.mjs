// `npm run check`: lint, types and tests of what changed since this branch left main, committed or not.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLong } from './long-suites.mjs';
import { requireNode } from './requires-node.mjs';

requireNode();

const root = fileURLToPath(new URL('..', import.meta.url));
const options = { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 };

function git(...args) {
  const { status, stdout } = spawnSync('git', args, options);
  return status === 0 ? stdout.split('\n').filter(Boolean) : null;
}

/** Runs one of the tools; the first that finds something wrong ends the check with its exit code. */
function run(what, script, ...args) {
  console.log(`\n== ${what}`);
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** The suites that import a file that changed, directly or through others. */
function suitesOf(since) {
  const args = [
    '--config',
    '.dependency-cruiser.mjs',
    '--affected',
    since,
    '--output-type',
    'json',
    'libs',
    'apps',
  ];
  const cruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const { stdout, stderr } = spawnSync(process.execPath, [cruise, ...args], options);
  if (!stdout.startsWith('{'))
    throw new Error(`dependency-cruiser gave no list of files: ${stdout}${stderr}`);
  const { modules } = JSON.parse(stdout);
  return modules
    .map(({ source }) => source)
    .filter((path) => path.endsWith('.spec.ts') && existsSync(join(root, path)));
}

// Where there is no branch main, what is not committed yet.
const [since] =
  git('merge-base', 'HEAD', 'main') ?? git('merge-base', 'HEAD', 'origin/main') ?? git('rev-parse', 'HEAD');
const changed = [
  ...git('diff', '--name-only', since),
  ...git('ls-files', '--others', '--exclude-standard'),
].filter((path) => existsSync(join(root, path)));
if (changed.length === 0) {
  console.log('Nothing changed since this branch left main.');
  process.exit(0);
}

const sources = changed.filter((path) => /\.tsx?$/.test(path));
run('the database client', 'scripts/generate-database-client.mjs');
run(
  'format',
  'node_modules/prettier/bin/prettier.cjs',
  '--check',
  '--ignore-unknown',
  '--log-level',
  'warn',
  ...changed,
);
if (sources.length > 0) {
  // First, because the pages and the linter read the types that it writes.
  run('types', 'node_modules/typescript/bin/tsc', '-b');
  run('lint', 'node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '--no-warn-ignored', ...sources);
  const suites = suitesOf(since);
  const long = [...suites, ...changed.filter((path) => /^test\/.*\.spec\.ts$/.test(path))].filter(isLong);
  const short = suites.filter((suite) => !isLong(suite));
  if (short.length > 0) run(`tests: ${short.length} suites`, 'scripts/test.mjs', ...short);
  if (long.length > 0)
    console.log(
      `Long suites that this change reaches; run them by name, \`npm test -- SUITE\`:\n  ${long.join('\n  ')}`,
    );
}
