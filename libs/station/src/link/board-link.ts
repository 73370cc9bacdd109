import type { ConnectMode, Identity, Transport } from '@boardwalk/contracts';
import type { LinkClock } from '@boardwalk/debug';
import type { IdentityOptions } from '@boardwalk/identity';
import type { FlashAccess, FlashGeometry, OptionBytes } from '@boardwalk/flash';

/** How to connect to a board. */
export interface ConnectRequest {
  readonly mode: ConnectMode;
  /** `as-before`: the clock that was found to work. Default: the usual one. */
  readonly speedKhz?: number | 'as-before';
  /** Keep trying this long. */
  readonly waitMs?: number;
  /** Further tries where there is no time to wait. */
  readonly retries?: number;
  readonly signal?: AbortSignal;
}

/** Chooses how much flash is worked with, by what the chip states; `answers` says whether a word can be read there. */
export type ChooseGeometry = (
  stated: FlashGeometry,
  answers: (address: number) => Promise<boolean>,
) => Promise<FlashGeometry>;

/** A chip by what a look reads, nothing changed. What it hides is null. */
export interface ChipSeen {
  readonly dpidr: string;
  readonly deviceId: string | null;
  readonly uid: string | null;
  readonly flashSizeKib: number | null;
}

/** Option bytes of a connected board. */
export interface OptionAccess {
  isProtected(): Promise<boolean>;
  /** Writes, resets the chip, which loads them, and compares. */
  write(
    change: Readonly<Record<string, number>>,
  ): Promise<{ readonly before: OptionBytes; readonly after: OptionBytes }>;
  /** Sets read-out protection and proves it. */
  protect(): Promise<void>;
}

/**
 * One board as a run sees it, whichever way its bytes go: what every transport gives. What it cannot is known before,
 * by `TRANSPORTS`. Every call may throw ProbeError.
 */
export interface BoardLink {
  readonly transport: Transport;
  readonly clock: LinkClock;
  readonly isConnected: boolean;
  /** Of the adapter. */
  readonly firmware: string;
  /** Further tries that connecting took, and exchanges that were sent again, since the link was opened. */
  readonly attachRetries: number;
  readonly transferRetries: number;

  /** Volts at the board; null where the adapter does not measure. */
  targetVoltage(): Promise<number | null>;
  connect(request: ConnectRequest): Promise<void>;
  /** Finds how fast the line may be once a board is connected. @returns one sentence where it is slower than asked */
  settle(): Promise<string>;
  /** What answers and how fast, in two words or three: the begin of a sentence. */
  describe(): string;
  /** Makes the line slower after it failed; null where it would be too slow. @returns what was done, in words */
  slowDown(): Promise<string | null>;
  /** Nothing is known of a board any more. */
  forget(): void;

  identify(options: IdentityOptions): Promise<Identity>;
  /** The unique id alone, as an identity has it. */
  readUid(): Promise<string>;
  /** What tells one chip from another, as far as it can be read: no halt, no reset, nothing written. */
  look(): Promise<ChipSeen>;
  openFlash(choose: ChooseGeometry): Promise<FlashAccess>;
  readonly options: OptionAccess;

  /** Resets the chip and stops it before its first instruction. */
  resetAndHold(): Promise<void>;
  /** Resets the chip and lets its firmware run. */
  resetAndRun(): Promise<void>;
  close(): Promise<void>;
}
