import type { AccessBytes } from '../core/system-bus.ts';

/** A 1 KiB block of registers that is more than storage. Offsets are of words. */
export interface Peripheral {
  read(offset: number): number;
  /** `value` is the whole word after the access; `bytes` is the width that the access had. */
  write(offset: number, value: number, bytes: AccessBytes): void;
}
