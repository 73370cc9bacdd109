/** What went wrong between the station and a target, by layer. */
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
  /** What was being done, in words: `read 4096 bytes at 0x08000000`. */
  readonly operation: string;
  readonly remedy: string;
  /** The ST-LINK's status byte, where it gave one. */
  readonly status?: number;
  readonly address?: number;
  readonly cause?: unknown;
}

/** A failure of a probe or of the target behind it: says which probe, what was being done and what to do next. */
export class ProbeError extends Error {
  readonly portPath: string;
  readonly operation: string;
  readonly remedy: string;
  readonly status: number | null;
  readonly address: number | null;

  constructor(
    readonly code: ProbeErrorCode,
    message: string,
    details: ProbeErrorDetails,
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ProbeError';
    this.portPath = details.portPath;
    this.operation = details.operation;
    this.remedy = details.remedy;
    this.status = details.status ?? null;
    this.address = details.address ?? null;
  }
}

const PASSING: ReadonlySet<ProbeErrorCode> = new Set([
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
