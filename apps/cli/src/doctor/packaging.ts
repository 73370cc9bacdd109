import { readFileSync } from 'node:fs';

/** A file of packaging/: what a host needs next to the program, in one place for people and for packagers. */
export function packagingFile(name: string): string {
  return readFileSync(new URL(`../../../../packaging/${name}`, import.meta.url), 'utf8');
}

/** The service of systemd that opens the station when the host starts. */
export function systemdService(): string {
  return packagingFile('boardwalk.service');
}
