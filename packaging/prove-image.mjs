// Proves on a built checkout, without Docker, that a start needs no package of development, and that the image is small:
//   node packaging/prove-image.mjs
// It copies the checkout without the packages of development, opens the station there, collects what an image holds,
// measures that, and opens the station from it.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildIfStale } from '../scripts/build-if-stale.mjs';
import { productionPackages, root } from './production-packages.mjs';

const MOST_MIB = 250;
const READY_MS = 120_000;
/** What no copy of a checkout has. */
const LEFT = /^(\.git|var|apps\/dashboard\/\.next\/cache)$/;
const work = mkdtempSync(join(tmpdir(), 'boardwalk-image-'));
const checkout = join(work, 'checkout');
const image = join(work, 'image');

function bytesOf(path) {
  const entry = lstatSync(path);
  if (!entry.isDirectory()) return entry.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

/** Opens the station in a folder, waits until it is ready and its page is served, and ends it by Ctrl-C. */
async function open(folder, script) {
  const station = spawn(process.execPath, [script], {
    cwd: folder,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      BOARDWALK_DATA: join(work, `data-${script.replaceAll('/', '-')}`),
      BOARDWALK_PORT: '0',
      BOARDWALK_BENCH: 'virtual',
      BOARDWALK_LOG: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [station.stdout, station.stderr]) stream.on('data', (text) => (said += text));
  const ended = new Promise((resolve) => station.once('exit', resolve));
  try {
    const end = performance.now() + READY_MS;
    let url;
    while (!(url = /(http:\/\/[^\s/]+)\/#token=/.exec(said)?.[1])) {
      if (station.exitCode !== null || performance.now() > end)
        throw new Error(`the station did not open: ${said}`);
      await pause(100);
    }
    const ready = await fetch(`${url}/readyz`);
    const page = await fetch(`${url}/`);
    const html = await page.text();
    if (!ready.ok || !page.ok || !/<html/i.test(html))
      throw new Error(
        `/readyz answers ${ready.status}, / answers ${page.status}: ${html.slice(0, 500)} ${said}`,
      );
    if (/Building Boardwalk/.test(said)) throw new Error(`a start built what was built: ${said}`);
    station.kill('SIGINT');
    if ((await ended) !== 0) throw new Error(`Ctrl-C ended the station with ${station.exitCode}: ${said}`);
  } finally {
    station.kill('SIGKILL');
  }
}

/** The built checkout with the packages that `npm ci --omit=dev` installs: those that the lock file names as such. */
function copyCheckout() {
  const keep = (from) => {
    const path = relative(root, from);
    return !LEFT.test(path) && !path.split(sep).includes('node_modules');
  };
  cpSync(root, checkout, { recursive: true, filter: keep });
  const links = readdirSync(join(root, 'node_modules/@boardwalk')).map(
    (name) => `node_modules/@boardwalk/${name}`,
  );
  for (const path of [...links, ...productionPackages().map((each) => each.path)])
    cpSync(join(root, path), join(checkout, path), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (from) => !relative(join(root, path), from).split(sep).includes('node_modules'),
    });
}

try {
  buildIfStale('station');
  copyCheckout();
  await open(checkout, 'scripts/start.mjs');
  console.log('A built checkout opens without the packages of development.');
  execFileSync(process.execPath, ['packaging/collect.mjs', image], { cwd: checkout, stdio: 'inherit' });
  await open(image, 'apps/api/dist/main.js');
  const mib = bytesOf(image) / 1024 / 1024;
  console.log(
    `The image opens, and holds ${mib.toFixed(0)} MiB besides Node; at most ${MOST_MIB} are allowed.`,
  );
  if (mib > MOST_MIB) process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
