import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COMMANDS = 4;

/** A compiler that says when it begins, waits until it may go on, and writes what the build is expected to write. */
const COMPILER = `
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
appendFileSync('builds', 'begun\\n');
const asleep = new Int32Array(new SharedArrayBuffer(4));
for (let turns = 0; !existsSync('go-on') && turns < 6000; turns += 1) Atomics.wait(asleep, 0, 0, 10);
for (const folder of ['apps/cli/dist', 'libs/virtual-bench/dist']) mkdirSync(folder, { recursive: true });
writeFileSync('apps/cli/dist/main.js', '');
writeFileSync('libs/virtual-bench/dist/index.js', '');
appendFileSync('builds', 'ended\\n');
`;

/** A checkout with the scripts that build, this compiler, and one source. */
function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), 'boardwalk-build-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const script of ['build-if-stale.mjs', 'build-lock.mjs'])
    cpSync(join(ROOT, 'scripts', script), join(folder, 'scripts', script));
  write('package.json', '{ "type": "module" }');
  write('node_modules/typescript/bin/tsc', `import('../../../compiler.mjs');`);
  write('compiler.mjs', COMPILER);
  write('libs/some.ts', 'export const one = 1;');
  for (const name of ['better-sqlite3', 'bindings', 'file-uri-to-path'])
    if (existsSync(join(ROOT, 'node_modules', name)))
      symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  return folder;
}

/** A command that needs the build. `spoke` resolves with its first words, `ended` with all of them and how it ended. */
function command(folder: string) {
  const script = `(await import('./scripts/build-if-stale.mjs')).buildIfStale('cli'); console.log((await import('node:fs')).existsSync('apps/cli/dist/main.js'));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: folder });
  let words = '';
  let found = '';
  child.stdout.on('data', (text) => (found += String(text)));
  const spoke = new Promise<void>((resolve) => {
    child.stderr.on('data', (text) => {
      words += String(text);
      resolve();
    });
    child.on('close', () => resolve());
  });
  const ended = new Promise<{ code: number | null; found: string; words: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, found: found.trim(), words })),
  );
  return { spoke, ended };
}

test('of several commands that find nothing built one builds, the others wait for it, and all run what it built', async () => {
  const folder = checkout();
  try {
    const commands = Array.from({ length: COMMANDS }, () => command(folder));
    await Promise.all(commands.map(({ spoke }) => spoke));
    writeFileSync(join(folder, 'go-on'), '');
    const ends = await Promise.all(commands.map(({ ended }) => ended));
    expect(ends.map(({ code, found, words }) => ({ code, found, words }))).toEqual(
      ends.map(({ words }) => ({ code: 0, found: 'true', words })),
    );
    expect(readFileSync(join(folder, 'builds'), 'utf8')).toBe('begun\nended\n');
    expect(ends.filter(({ words }) => words.startsWith('Building Boardwalk (cli)'))).toHaveLength(1);
    expect(ends.filter(({ words }) => words.startsWith('Another command is building'))).toHaveLength(
      COMMANDS - 1,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
