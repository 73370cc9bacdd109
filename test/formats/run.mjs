// `npm run test:formats`: damaged firmware files by the hundred thousand; what is accepted is held against srec_cat and
// GNU objcopy.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const NEEDED = ['srec_cat', 'arm-none-eabi-objcopy'];
const found = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const missing = NEEDED.filter((program) => !found(program));
if (missing.length > 0) {
  console.error(
    `skipped: firmware formats against other readers (missing: ${missing.join(', ')}; see test/formats/apt-packages.txt)`,
  );
  process.exit(process.env.CI === 'true' ? 1 : 0);
}
const root = fileURLToPath(new URL('../..', import.meta.url));
const jest = ['node_modules/jest/bin/jest.js', '--config', 'test/formats/jest.config.mjs'];
const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', ...jest, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
