// `npm run dev`: the station and its pages, each loaded again when its sources change. Ctrl-C ends both.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale, forgetBuild } from './build-if-stale.mjs';
import { requireNode } from './requires-node.mjs';

requireNode();
buildIfStale('api');
['api', 'cli'].forEach(forgetBuild);

const root = fileURLToPath(new URL('..', import.meta.url));
const host = '127.0.0.1';
const stationPort = process.env.BOARDWALK_PORT || '4800';
const pagesPort = process.env.BOARDWALK_DEV_PAGES_PORT || '4801';
const station = `http://${host}:${stationPort}`;

const children = [];
let ending = false;
function end(code) {
  if (ending) return;
  ending = true;
  process.exitCode = code;
  for (const child of children) child.kill('SIGTERM');
}

/** Starts one part in a process group of its own, so that Ctrl-C reaches it once, through {@link end}. */
function start(name, args, env, tell) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  children.push(child);
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => !ending && tell(line));
  child.on('exit', (code) => {
    if (!ending) console.error(`${name} ended with ${code}; see above.`);
    end(1);
  });
  return child;
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(0));

const compiler = ['node_modules/typescript/bin/tsc', '-b', '--watch', '--preserveWatchOutput'];
start(
  'The compiler',
  [...compiler, 'apps/api/tsconfig.lib.json', 'apps/cli/tsconfig.lib.json'],
  {},
  (line) => {
    if (/error TS/.test(line)) console.error(line);
  },
);
start('The station', ['--watch', 'apps/api/dist/main.js'], { BOARDWALK_PORT: stationPort }, (line) => {
  const token = /#token=\S+/.exec(line)?.[0];
  // The pages come from the other port, with what is being written.
  console.log(
    token
      ? `    http://${host}:${pagesPort}/${token}     pages, from their sources\n    ${station}/api/docs     REST`
      : line,
  );
});
start(
  'The pages’ server',
  ['node_modules/next/dist/bin/next', 'dev', 'apps/dashboard', '--hostname', host, '--port', pagesPort],
  { BOARDWALK_DEV_STATION: station, NODE_ENV: 'development' },
  (line) => {
    if (/error|warn|⨯|⚠/i.test(line)) console.error(line);
  },
);
