// Copies what a start runs into a folder: node packaging/collect.mjs FOLDER, after a build and without the packages of
// development. Sources, tests, caches and whatever left-out.mjs names stay out.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLeftOut } from './left-out.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [target] = process.argv.slice(2);
if (target === undefined) {
  console.error('Name the folder: node packaging/collect.mjs FOLDER');
  process.exit(3);
}

const KEPT = [
  'package.json',
  'node_modules',
  'packaging',
  'LICENSE',
  'prisma/migrations',
  'apps/dashboard/.next',
  'apps/dashboard/next.config.mjs',
];
const BUILT = ['apps', 'libs'];
const NEXT = 'node_modules/next';
/** Found by names that no tracer sees, when the server reads its configuration. */
const UNTRACED = ['webpack', '@babel/runtime'].map((name) => `${NEXT}/dist/compiled/${name}`);

/** The files of Next that serving built pages needs: nine tenths of it are compilers. Next's own tracer finds them. */
async function filesOfNext() {
  const require = createRequire(join(root, 'apps/api/package.json'));
  const { nodeFileTrace } = require('next/dist/compiled/@vercel/nft');
  const { fileList } = await nodeFileTrace([require.resolve('next')], { base: root });
  const traced = join(root, 'apps/dashboard/.next/next-server.js.nft.json');
  const { files } = JSON.parse(readFileSync(traced, 'utf8'));
  const ofServer = files.map((file) => relative(root, resolve(dirname(traced), file)));
  return new Set([...fileList, ...ofServer].filter((path) => path.startsWith(`${NEXT}/`)));
}

const copy = (path, wanted = () => true) => {
  mkdirSync(dirname(join(target, path)), { recursive: true });
  // Workspaces are links within node_modules and stay links.
  cpSync(join(root, path), join(target, path), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (from) => !isLeftOut(relative(root, from)) && wanted(relative(root, from)),
  });
};

for (const path of KEPT) copy(path, (each) => each !== NEXT);
for (const path of [...(await filesOfNext()), ...UNTRACED]) copy(path);
for (const folder of BUILT)
  for (const name of readdirSync(join(root, folder)))
    for (const part of ['package.json', 'dist', 'node_modules'])
      if (existsSync(join(root, folder, name, part))) copy(join(folder, name, part));
