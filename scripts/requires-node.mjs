// Says in one line that Node is too old, before any newer syntax is loaded.
import { readFileSync } from 'node:fs';

/** Exits with 2 and one sentence unless this Node satisfies package.json's `engines`. */
export function requireNode() {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const needed = engines.node
    .replace(/[^\d.]/g, '')
    .split('.')
    .map(Number);
  const found = process.versions.node.split('.').map(Number);
  const older = found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1]);
  if (older) {
    console.error(
      `Boardwalk needs Node ${needed.join('.')} or newer; this is ${process.version}. Install a newer Node.`,
    );
    process.exit(2);
  }
}
