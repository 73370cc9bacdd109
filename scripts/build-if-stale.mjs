// Builds what is older than its sources, so that a command works straight after `npm ci` and costs
// a few milliseconds from then on.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aloneWith } from './build-lock.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const UNBUILT = new Set(['dist', '.next', 'node_modules', 'gen', 'next-env.d.ts']);
const COMPILER = 'node_modules/typescript/bin/tsc';
const LOCK = 'node_modules/.boardwalk-build.lock';

/** A row for each thing that is built: its sources, what the build writes, and its commands. */
const PARTS = {
  cli: {
    sources: ['libs', 'apps/cli', 'tsconfig.base.json'],
    outputs: ['apps/cli/dist/main.js', 'libs/virtual-bench/dist/index.js'],
    stamp: 'apps/cli/dist/.built',
    commands: [[COMPILER, '-b', 'apps/cli/tsconfig.lib.json']],
  },
  api: {
    sources: ['libs', 'apps/api', 'prisma', 'tsconfig.base.json', 'package-lock.json'],
    outputs: ['apps/api/dist/main.js'],
    stamp: 'apps/api/dist/.built',
    commands: [['scripts/generate-database-client.mjs'], [COMPILER, '-b', 'apps/api/tsconfig.lib.json']],
  },
  pages: {
    sources: ['apps/dashboard', 'libs/contracts', 'libs/series', 'package-lock.json'],
    outputs: ['apps/dashboard/.next/BUILD_ID'],
    stamp: 'apps/dashboard/.next/.built',
    commands: [['node_modules/next/dist/bin/next', 'build', 'apps/dashboard']],
  },
};
const TARGETS = { cli: ['cli'], api: ['api'], station: ['cli', 'api', 'pages'] };

function* filesOf(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry) return;
  if (!entry.isDirectory()) return yield { path, changed: entry.mtimeMs };
  for (const name of readdirSync(path).sort()) if (!UNBUILT.has(name)) yield* filesOf(join(path, name));
}

function digestOf(files) {
  const hash = createHash('sha256');
  for (const { path } of files) hash.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
  return hash.digest('hex');
}

/** Stale are sources that are newer than the stamp and differ from what was built: a copy has new times, but nothing to build. */
function isStale({ sources, outputs, stamp }) {
  const stampPath = join(root, stamp);
  if (![...outputs, stamp].every((output) => existsSync(join(root, output)))) return true;
  const files = sources.flatMap((source) => [...filesOf(join(root, source))]);
  const built = statSync(stampPath).mtimeMs;
  if (files.every(({ changed }) => changed <= built)) return false;
  const digest = digestOf(files);
  if (digest !== readFileSync(stampPath, 'utf8').trim()) return true;
  writeFileSync(stampPath, `${digest}\n`);
  return false;
}

function build({ sources, stamp, commands }) {
  const startedAt = new Date();
  const digest = digestOf(sources.flatMap((source) => [...filesOf(join(root, source))]));
  for (const [script, ...args] of commands) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, script), ...args], {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (status !== 0) {
      process.stderr.write(`${stdout ?? ''}${stderr ?? ''}\nThe build failed; see above.\n`);
      process.exit(2);
    }
  }
  writeFileSync(join(root, stamp), `${digest}\n`);
  // A file that changed during the build is newer than the stamp, so the next build takes it.
  utimesSync(join(root, stamp), startedAt, startedAt);
}

/**
 * Builds `cli`, `api` or `station` when its sources changed since the last build; words go to stderr. Of several commands
 * that are started at once one builds, and the others wait for it.
 * Exits with 2 when the build fails: nothing older is run in its place.
 */
export function buildIfStale(name) {
  const staleParts = () => TARGETS[name].map((part) => PARTS[part]).filter(isStale);
  if (staleParts().length === 0) return;
  if (!existsSync(join(root, COMPILER))) {
    process.stderr.write(
      'Boardwalk is not built from these sources, and the packages that build it are not installed. Run `npm ci && npm run build`.\n',
    );
    process.exit(2);
  }
  aloneWith(
    join(root, LOCK),
    () => {
      const stale = staleParts();
      if (stale.length === 0) return;
      process.stderr.write(`Building Boardwalk (${name}); the first time takes about a minute …\n`);
      stale.forEach(build);
    },
    () => process.stderr.write('Another command is building Boardwalk. Waiting for it …\n'),
  );
}

/** What is built from now on by somebody else, as by the compiler of `npm run dev`, is no build of the sources that are found then. */
export function forgetBuild(name) {
  for (const part of TARGETS[name]) rmSync(join(root, PARTS[part].stamp), { force: true });
}
