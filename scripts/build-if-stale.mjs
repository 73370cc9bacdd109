// Builds what is older than its sources, so that a command works straight after `npm ci` and costs
// a few milliseconds from then on.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamps = join(root, 'node_modules', '.cache', 'boardwalk');
const generated = new Set(['dist', '.next', 'node_modules', 'gen', 'next-env.d.ts']);

function newestChange(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  let newest = entry.mtimeMs;
  for (const name of readdirSync(path)) {
    if (!generated.has(name)) newest = Math.max(newest, newestChange(join(path, name)));
  }
  return newest;
}

function stampOf(name) {
  return join(stamps, `built-${name}`);
}

/** What must be built for the CLI alone, and for the whole station. */
const targets = {
  cli: {
    sources: ['libs', 'apps/cli/src', 'apps/cli/package.json', 'tsconfig.base.json'],
    outputs: ['apps/cli/dist/main.js', 'libs/virtual-bench/dist/index.js'],
    nx: ['run', '@boardwalk/cli:build'],
  },
  station: {
    sources: ['libs', 'apps', 'prisma', 'tsconfig.base.json', 'package-lock.json'],
    outputs: ['apps/api/dist/main.js', 'apps/cli/dist/main.js', 'apps/dashboard/.next/BUILD_ID'],
    nx: ['run-many', '-t', 'build'],
  },
};

function isStale({ sources, outputs }, stamp) {
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (outputs.some((output) => !statSync(join(root, output), { throwIfNoEntry: false }))) return true;
  return sources.some((source) => newestChange(join(root, source)) > built);
}

/**
 * Builds `cli` or `station` when its sources changed since the last build; words go to stderr.
 * Exits with 2 when the build fails: nothing older is run in its place.
 */
export function buildIfStale(name) {
  const target = targets[name];
  const stamp = stampOf(name);
  if (!isStale(target, stamp)) return;
  process.stderr.write(`Building Boardwalk (${name}); the first time takes about a minute …\n`);
  const startedAt = new Date();
  const nx = spawnSync(process.execPath, [join(root, 'scripts/nx.mjs'), ...target.nx], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (nx.status !== 0) {
    process.stderr.write(`${nx.stdout ?? ''}${nx.stderr ?? ''}\nThe build failed; see above.\n`);
    process.exit(2);
  }
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, `${startedAt.toISOString()}\n`);
}
