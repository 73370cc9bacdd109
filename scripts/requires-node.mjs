// Says in one line that Node is too old, before any newer syntax is loaded.
import { readFileSync } from 'node:fs';

/** Whether a version satisfies a range of `^20.19 || >=24`: the form that package.json's `engines` has here. */
export function satisfies(version, range) {
  const [major, minor] = version.split('.').map(Number);
  return range.split('||').some((part) => {
    const [, sign, least, leastMinor = '0'] = /^\s*(\^|>=)(\d+)(?:\.(\d+))?/.exec(part);
    if (major === Number(least)) return minor >= Number(leastMinor);
    return sign === '>=' && major > Number(least);
  });
}

/** better-sqlite3 12 can end the process there when it collects a statement; version 13, which does not, needs Node 22. */
const MAY_ABORT = '>=24.19';

/** Exits with 2 and one sentence unless this Node satisfies package.json's `engines`. */
export function requireNode() {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  if (satisfies(process.versions.node, MAY_ABORT))
    console.error(`The database driver can abort on Node ${process.version}. Use Node 22 for production.`);
  if (satisfies(process.versions.node, engines.node)) return;
  const wanted = engines.node
    .replaceAll('^', '')
    .replaceAll('>=', '')
    .split('||')
    .map((each) => each.trim());
  console.error(
    `Boardwalk needs Node ${wanted.join(', ')} or newer of that line; this is ${process.version}. Install one of these.`,
  );
  process.exit(2);
}
