import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A Linux kernel with its modules, as Debian packs them. */
export interface Kernel {
  readonly version: string;
  readonly image: string;
  readonly modulesDirectory: string;
}

const NEEDED = 'kernel/drivers/usb/usbip/vhci-hcd.ko';

/**
 * The distribution's kernel: the installed one where it has the USB/IP host controller, else unpacked (never
 * installed) from its package into the cache.
 * @throws Error where neither apt nor an installed kernel can give one
 */
export function findKernel(cacheDirectory: string): Kernel {
  return kernelUnder('/') ?? unpackKernel(join(cacheDirectory, 'kernel'));
}

function kernelUnder(root: string): Kernel | null {
  const lib = [join(root, 'lib/modules'), join(root, 'usr/lib/modules')].find((path) => existsSync(path));
  for (const version of lib ? readdirSync(lib).sort().reverse() : []) {
    const modulesDirectory = join(lib!, version);
    const image = join(root, 'boot', `vmlinuz-${version}`);
    if (existsSync(join(modulesDirectory, NEEDED)) && existsSync(image)) {
      return { version, image, modulesDirectory };
    }
  }
  return null;
}

function unpackKernel(directory: string): Kernel {
  const cached = kernelUnder(directory);
  if (cached) return cached;
  const part = `${directory}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const depends = execFileSync('apt-cache', ['depends', 'linux-image-amd64'], { encoding: 'utf8' });
  const name = /Depends: (linux-image-\S+)/.exec(depends)?.[1];
  if (!name) throw new Error('apt knows no kernel: run `apt-get update`, then try again.');
  execFileSync('apt-get', ['download', name], { cwd: part, stdio: 'pipe' });
  const file = readdirSync(part).find((each) => each.endsWith('.deb'))!;
  execFileSync('dpkg', ['-x', file, '.'], { cwd: part, stdio: 'pipe' });
  rmSync(join(part, file));
  renameSync(part, directory);
  return kernelUnder(directory)!;
}

/** The files of `wanted` modules and of what they depend on, each after what it needs. Built-in ones have none. */
export function moduleFiles(kernel: Kernel, wanted: readonly string[]): string[] {
  const byName = new Map<string, string>();
  for (const each of readdirSync(join(kernel.modulesDirectory, 'kernel'), { recursive: true }) as string[]) {
    if (each.endsWith('.ko')) byName.set(moduleName(each), join(kernel.modulesDirectory, 'kernel', each));
  }
  const files: string[] = [];
  const visit = (name: string): void => {
    const file = byName.get(name);
    if (!file || files.includes(file)) return;
    for (const need of dependsOn(file)) visit(need);
    files.push(file);
  };
  for (const name of wanted) visit(name.replaceAll('-', '_'));
  return files;
}

function moduleName(file: string): string {
  return basename(file, '.ko').replaceAll('-', '_');
}

/** What a module says in its .modinfo section: `depends=a,b`. */
function dependsOn(file: string): string[] {
  const list = /\0depends=([\w,-]*)\0/.exec(readFileSync(file).toString('latin1'))?.[1] ?? '';
  return list
    .split(',')
    .filter(Boolean)
    .map((name) => name.replaceAll('-', '_'));
}
