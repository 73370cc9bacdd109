// Prints the notices of the packages that a start needs: node packaging/notices.mjs > THIRD-PARTY-NOTICES.txt
// Exits with 1 where a licence is not one of those that may be passed on with Boardwalk.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { productionPackages, root } from './production-packages.mjs';

const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
]);
/** Copyleft of a library that is not changed and is loaded as a file of its own, which its user may exchange. */
const LOADED = new Set(['LGPL-3.0-or-later', 'MPL-2.0']);
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

/** Whether one of the alternatives of an SPDX expression is allowed, with all of its parts. */
const isAllowed = (expression) =>
  expression
    .split(' OR ')
    .some((each) =>
      each
        .split(' AND ')
        .every((id) => [ALLOWED, LOADED].some((set) => set.has(id.replace(/[()]/g, '').trim()))),
    );

/** What older packages state in a list. */
function ofManifest(path) {
  const { licenses = [] } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
  return licenses.map(({ type }) => type).join(' OR ') || 'none';
}

const refused = [];
for (const { path, name, version, license } of productionPackages()) {
  const stated = license ?? ofManifest(path);
  if (!isAllowed(stated)) refused.push(`${name} ${version}: ${stated}`);
  const files = readdirSync(join(root, path), { withFileTypes: true }).filter(
    (entry) => entry.isFile() && LICENCE_FILE.test(entry.name),
  );
  console.log(`${'='.repeat(80)}\n${name} ${version} (${stated})\n`);
  for (const file of files) console.log(readFileSync(join(root, path, file.name), 'utf8').trim(), '\n');
}
if (refused.length > 0) {
  console.error(
    `These licences are not allowed yet; read them, then add them to ALLOWED in packaging/notices.mjs:`,
  );
  for (const each of refused) console.error(`  ${each}`);
  process.exitCode = 1;
}
