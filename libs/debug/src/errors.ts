import {
  hex32,
  RefusalError,
  said,
  type CodeOf,
  type Params,
  type RefusalCode,
  type SentenceKey,
  type ValuesOf,
} from '@boardwalk/contracts';

/** The sentences about a failure between the station and a target. */
export type ProbeSentence = Extract<SentenceKey, `${'probe.' | 'target.' | 'cancelled:'}${string}`>;
/** The codes of such a failure, by layer. */
export type ProbeErrorCode = CodeOf<ProbeSentence>;

/** The probe, and the operation in words: `read 4096 bytes at 0x08000000`. Every sentence may name them. */
export interface ProbePlace {
  readonly portPath: string;
  readonly operation: string;
}

export interface ProbeErrorDetails {
  /** The ST-LINK's status byte, where it gave one. */
  readonly status?: number | undefined;
  readonly address?: number | undefined;
  readonly cause?: unknown;
}

/** A failure of a probe or of its target: says which probe, the operation and what to do next. */
export class ProbeError<
  const Key extends ProbeSentence = ProbeSentence,
> extends RefusalError<ProbeErrorCode> {
  declare readonly remedy: string;
  readonly portPath: string;
  readonly operation: string;
  readonly status: number | null;
  readonly address: number | null;

  constructor(key: Key, values: ValuesOf<Key> & ProbePlace, details: ProbeErrorDetails = {}) {
    const { status, address, cause } = details;
    const { code, message, remedy, params } = said(key, values);
    const read: Params = {
      ...(status === undefined ? {} : { status }),
      ...(address === undefined ? {} : { address: hex32(address) }),
    };
    super(code, message, { params: { ...params, ...read }, remedy, cause });
    this.name = 'ProbeError';
    this.portPath = values.portPath;
    this.operation = values.operation;
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
