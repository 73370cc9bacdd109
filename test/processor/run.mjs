// `npm run test:processor`: our Cortex-M3 against QEMU's, and real firmware on the virtual board.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const NEEDED = ['qemu-system-arm', 'arm-none-eabi-objdump'];
const found = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const missing = NEEDED.filter((program) => !found(program));
const inCi = process.env.CI === 'true';
if (missing.length > 0) {
  console.error(
    `skipped: our processor against QEMU’s (missing: ${missing.join(', ')}; see test/processor/apt-packages.txt)`,
  );
  if (inCi) process.exit(1);
}
const root = fileURLToPath(new URL('../..', import.meta.url));
const jest = ['node_modules/jest/bin/jest.js', '--config', 'test/processor/jest.config.mjs'];
const without = missing.length > 0 ? ['--testPathIgnorePatterns', 'against-qemu'] : [];
const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', ...jest, ...without, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
