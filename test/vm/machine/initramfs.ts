import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { moduleFiles, type Kernel } from './kernel.ts';

const MODULES = ['virtio_pci', '9pnet_virtio', '9p', 'overlay', 'virtio_net', 'virtio_console', 'vhci-hcd'];
const BUSYBOX = ['/bin/busybox', '/usr/bin/busybox'];

/** Builds the first file system of the guest: busybox, the modules and our init. Returns the archive's path. */
export function buildInitramfs(kernel: Kernel, directory: string): string {
  const root = mkdtempSync(join(tmpdir(), 'boardwalk-initramfs-'));
  try {
    for (const each of ['bin', 'modules', 'proc', 'sys', 'dev', 'host', 'memory', 'root']) {
      mkdirSync(join(root, each));
    }
    copyFileSync(firstReadable(BUSYBOX), join(root, 'bin/busybox'));
    chmodSync(join(root, 'bin/busybox'), 0o755);
    const files = moduleFiles(kernel, MODULES);
    for (const file of files) copyFileSync(file, join(root, 'modules', basename(file)));
    writeFileSync(join(root, 'modules/order'), files.map((file) => basename(file)).join('\n') + '\n');
    for (const script of ['init', 'agent']) {
      const source = fileURLToPath(new URL(`../guest/${script}.sh`, import.meta.url));
      copyFileSync(source, join(root, script));
      chmodSync(join(root, script), 0o755);
    }
    const list = execFileSync('find', ['.', '-print0'], { cwd: root });
    const archive = execFileSync('cpio', ['--null', '--create', '--format=newc', '--quiet'], {
      cwd: root,
      input: list,
      maxBuffer: 1 << 28,
    });
    const path = join(directory, 'initramfs.cpio');
    writeFileSync(path, archive);
    return path;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function firstReadable(paths: readonly string[]): string {
  for (const path of paths) {
    try {
      readFileSync(path, { flag: 'r' });
      return path;
    } catch {
      // The next place is tried.
    }
  }
  throw new Error('busybox is missing: install the package busybox-static.');
}
