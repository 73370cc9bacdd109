// `npm run test:processor`: our Cortex-M3 against QEMU’s, and real firmware on the virtual board.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED = ['qemu-system-arm', 'arm-none-eabi-objdump'];
const FIRMWARE = new URL('../../../shared/firmware/', import.meta.url);
const found = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const missing = NEEDED.filter((program) => !found(program));
const skipped = [];
if (missing.length > 0) {
  console.error(
    `skipped: our processor against QEMU’s (missing: ${missing.join(', ')}; see test/processor/apt-packages.txt)`,
  );
  skipped.push('against-qemu');
}
if (skipped.length > 0 && process.env.CI === 'true') process.exit(1);
// No fault of this machine: the images of other people are no part of the tree, so no clean clone has them.
if (!existsSync(FIRMWARE)) {
  console.error('left out: real firmware (it is not in this tree; see test/processor/README.md)');
  skipped.push('firmware');
}
if (skipped.length === 2) process.exit(0);
const root = fileURLToPath(new URL('../..', import.meta.url));
const jest = ['node_modules/jest/bin/jest.js', '--config', 'test/processor/jest.config.mjs'];
const without = skipped.flatMap((suite) => ['--testPathIgnorePatterns', `${suite}\\.spec`]);
const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', ...jest, ...without, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
