import { hex32, RefusalError, type Params, type RefusalCode } from '@boardwalk/contracts';

/** The codes of a failure between the station and a target, by layer. */
export type ProbeErrorCode =
  | 'probe.access_denied'
  | 'probe.busy'
  | 'probe.disconnected'
  | 'probe.no_answer'
  | 'probe.host_late'
  | 'probe.protocol'
  | 'probe.usb'
  | 'probe.unsupported'
  | 'target.none'
  | 'target.wait'
  | 'target.fault'
  | 'target.line'
  | 'target.not_halted'
  | 'target.timeout'
  | 'cancelled';

export interface ProbeErrorDetails {
  readonly portPath: string;
  /** The operation in words: `read 4096 bytes at 0x08000000`. */
  readonly operation: string;
  readonly remedy: string;
  /** The ST-LINK's status byte, where it gave one. */
  readonly status?: number;
  readonly address?: number;
  readonly cause?: unknown;
}

/** A failure of a probe or of its target: says which probe, the operation and what to do next. */
export class ProbeError extends RefusalError<ProbeErrorCode> {
  declare readonly remedy: string;
  readonly portPath: string;
  readonly operation: string;
  readonly status: number | null;
  readonly address: number | null;

  constructor(code: ProbeErrorCode, message: string, details: ProbeErrorDetails) {
    const { portPath, operation, remedy, status, address, cause } = details;
    const params: Params = {
      portPath,
      operation,
      ...(status === undefined ? {} : { status }),
      ...(address === undefined ? {} : { address: hex32(address) }),
    };
    super(code, message, { params, remedy, cause });
    this.name = 'ProbeError';
    this.portPath = portPath;
    this.operation = operation;
    this.status = status ?? null;
    this.address = address ?? null;
  }
}

const PASSING: ReadonlySet<RefusalCode> = new Set<ProbeErrorCode>([
  'probe.no_answer',
  'probe.host_late',
  'probe.protocol',
  'probe.usb',
  'target.none',
  'target.wait',
  'target.fault',
  'target.line',
  'target.not_halted',
  'target.timeout',
]);

/** A failure that may be gone once the probe is in step and the target attached again. */
export function mayPass(cause: unknown): cause is ProbeError {
  return cause instanceof ProbeError && PASSING.has(cause.code);
}
