import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this machine lets a test mount a file system: root in a container that may. */
export function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    new SmallDisk(1).remove();
    return true;
  } catch {
    return false;
  }
}

/** A disk of a few MiB that can be filled up. */
export class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'boardwalk-disk-'));

  constructor(sizeMib: number, options = '') {
    const given = ['-t', 'tmpfs', '-o', `size=${sizeMib}m${options}`, 'tmpfs', this.folder];
    const { status } = spawnSync('mount', given);
    if (status !== 0) throw new Error('This machine does not let a test mount a file system.');
  }

  /** Fills all but `leaveBytes` of what is free. */
  fill(leaveBytes = 0): void {
    const file = openSync(join(this.folder, 'filler'), 'w');
    const block = Buffer.alloc(4096);
    const room = Buffer.alloc(leaveBytes);
    if (leaveBytes > 0) this.#write('room', room);
    try {
      for (;;) writeSync(file, block);
    } catch {
      closeSync(file);
    }
    rmSync(join(this.folder, 'room'), { force: true });
  }

  free(): void {
    rmSync(join(this.folder, 'filler'), { force: true });
  }

  /** What is opened from now on meets a read-only file system; files that are open already stay writable. */
  makeReadOnly(): void {
    for (const given of [
      ['--bind', this.folder, this.folder],
      ['-o', 'remount,bind,ro', this.folder],
    ])
      if (spawnSync('mount', given).status !== 0) throw new Error(`mount ${given.join(' ')} failed.`);
  }

  makeWritable(): void {
    spawnSync('umount', ['-l', this.folder]);
  }

  remove(): void {
    spawnSync('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  #write(name: string, bytes: Buffer): void {
    const file = openSync(join(this.folder, name), 'w');
    writeSync(file, bytes);
    closeSync(file);
  }
}
