import { ConnectMode, type Transport } from '@boardwalk/contracts';

/** What a way to a board can do, known before anything is connected. */
export interface TransportTraits {
  /** For sentences. */
  readonly label: string;
  readonly connects: readonly ConnectMode[];
  /** Erases some pages and leaves the others. */
  readonly keepsPages: boolean;
  /** Lets the chip hash its flash. */
  readonly digests: boolean;
  /** Reads all of flash. */
  readonly readsAll: boolean;
  readonly optionBytes: boolean;
  readonly readProtection: boolean;
}

/** Every transport. The compiler misses none. */
export const TRANSPORTS: Readonly<Record<Transport, TransportTraits>> = {
  swd: {
    label: 'SWD',
    connects: ConnectMode.options,
    keepsPages: true,
    digests: true,
    readsAll: true,
    optionBytes: true,
    readProtection: true,
  },
};
