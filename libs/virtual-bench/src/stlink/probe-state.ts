import { DebugPort, SwdError } from '../debug-port/debug-port.ts';
import type { Socket } from '../debug-port/socket.ts';
import type { LedgerParts } from '../time/ledger.ts';
import type { ProbeModel } from './models.ts';
import { STATUS, STATUS_OF_FAILURE } from './status.ts';

export type Mode = 'dfu' | 'idle' | 'debug' | 'swim';
export const MODE_BYTE: Readonly<Record<Mode, number>> = { dfu: 0, idle: 1, debug: 2, swim: 3 };

/** What a command leads to: a reply, an OUT data phase, both or neither. */
export interface Outcome {
  readonly reply?: DataView | Uint8Array;
  /** Bytes that the next OUT transfers carry, and what to do with them. */
  readonly expectOut?: { readonly bytes: number; readonly take: (data: Uint8Array) => Outcome };
}

/** Faults of the probe itself. */
export interface ProbeFaults {
  /** ENTER answers "no target" this many times. */
  enterFails: number;
}

/**
 * What an ST-LINK keeps from one command to the next.
 *
 * Modes: `idle` after power-up and after any exit command; `debug` from ENTER to EXIT; `dfu` and `swim` as other
 * programs leave a probe. Closing a mode closes its access ports.
 */
export class ProbeState {
  readonly port: DebugPort;
  readonly faults: ProbeFaults = { enterFails: 0 };
  mode: Mode = 'idle';
  comFrequencyKhz = [1000, 1000];
  openAps = new Set<number>();
  lastStatus: number = STATUS.ok;
  lastFaultAddress = 0;
  miscItems: number[] = [];
  miscStatus: number[] = [];
  tracing = false;
  /** The link is JTAG: ENTER was asked for it. */
  jtag = false;
  /** The firmware has hung: nothing is answered until the probe is reset or plugged in again. */
  hung = false;
  /** Millivolts that the probe measures at its VTref pin. */
  targetMillivolts = 3280;

  constructor(
    readonly model: ProbeModel,
    readonly socket: Socket & { driveReset(low: boolean): void },
    readonly ledger: LedgerParts,
  ) {
    this.port = new DebugPort(socket, ledger, model.timing);
    if (model.hardware === 3) this.port.clockKhz = 1000;
  }

  /** Runs a memory command's transfer and keeps its status for GETLASTRWSTATUS. */
  latch(transfer: () => void): void {
    this.lastStatus = STATUS.ok;
    this.lastFaultAddress = 0;
    try {
      transfer();
    } catch (cause) {
      if (!(cause instanceof SwdError)) throw cause;
      this.lastStatus = STATUS_OF_FAILURE[cause.failure];
      this.lastFaultAddress = cause.address;
      this.port.clearSticky();
    }
  }

  /** EXIT. A V3 that is not in debug mode does not survive it (seen on V3J15: it stops answering USB). */
  leaveDebug(): void {
    if (this.mode !== 'debug' && this.model.hardware === 3) this.hung = true;
    if (this.mode === 'debug') this.mode = 'idle';
    this.openAps.clear();
  }
}
