// Which suites Jest runs, and which of them are left to `npm run test:all`.
import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLong } from './long-suites.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
export const JEST = [
  '--experimental-vm-modules',
  '--no-warnings',
  join(root, 'node_modules/jest/bin/jest.js'),
];

/** The suites that Jest selects by these arguments, as paths from the root. Ends the process when Jest refuses them. */
export function selectedBy(args) {
  const { status, stdout } = spawnSync(process.execPath, [...JEST, '--listTests', '--json', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) process.exit(status ?? 1);
  return JSON.parse(stdout)
    .map((path) => relative(root, path))
    .sort();
}

/** Leaves out the long suites, but for those that an argument names, and unless all are long: then they were asked for. */
export function withoutLong(suites, args) {
  const kept = suites.filter((suite) => !isLong(suite) || args.includes(suite));
  return kept.length > 0 ? kept : suites;
}

/** The arguments and the environment by which Jest runs these suites of those that it selects. */
export const running = (suites) => ({
  args: ['--filter', join(root, 'scripts/only-selected.cjs')],
  env: { BOARDWALK_SUITES: suites.map((suite) => join(root, suite)).join('\n') },
});
