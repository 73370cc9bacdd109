// Copies what a start runs into a folder: node packaging/collect.mjs FOLDER, after a build and without the packages of
// development. Sources, tests, caches and declarations stay behind.
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

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
  'apps/dashboard/next.config.ts',
];
const BUILT = ['apps', 'libs'];
const UNNEEDED = /(^|\/)(\.cache|cache|dev|trace)$|\.(d\.ts|map|tsbuildinfo)$|\.spec\.js$/;

const copy = (path) => {
  const wanted = (from) => path === 'node_modules' || !UNNEEDED.test(relative(root, from));
  mkdirSync(dirname(join(target, path)), { recursive: true });
  // Workspaces are links within node_modules and stay links.
  cpSync(join(root, path), join(target, path), { recursive: true, verbatimSymlinks: true, filter: wanted });
};

for (const path of KEPT) copy(path);
for (const folder of BUILT)
  for (const name of readdirSync(join(root, folder)))
    for (const part of ['package.json', 'dist', 'node_modules'])
      if (existsSync(join(root, folder, name, part))) copy(join(folder, name, part));
