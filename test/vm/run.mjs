// `npm run test:vm`: programs nobody here wrote, in a small guest, against the virtual bench.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from '../../scripts/build-if-stale.mjs';

const NEEDED = ['qemu-system-x86_64', 'busybox', 'cpio', 'usbip', 'openocd', 'st-flash', 'gdb-multiarch'];
const path = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
const found = (program) =>
  spawnSync('sh', ['-c', `command -v ${program}`], { env: { PATH: path } }).status === 0;
const missing = NEEDED.filter((program) => !found(program));
if (missing.length > 0) {
  console.error(
    `skipped: the suites in the guest (missing: ${missing.join(', ')}; see test/vm/apt-packages.txt)`,
  );
  process.exit(process.env.CI === 'true' ? 1 : 0);
}
// The guest sees this folder read-only in all but name: what it runs is built here, where that takes seconds.
buildIfStale('cli');
const root = fileURLToPath(new URL('../..', import.meta.url));
const jest = ['node_modules/jest/bin/jest.js', '--config', 'test/vm/jest.config.mjs', '--runInBand'];
const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', ...jest, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: path } },
);
process.exit(status ?? 1);
