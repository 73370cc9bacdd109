import { DEFAULT_STEPS, type Outcome, type RunReason } from '@boardwalk/contracts';
import type { FaultKind, FaultSpec } from '@boardwalk/virtual-bench';

/** How a run ends, and whether something was tried again on the way. */
export interface End {
  readonly outcome: Outcome;
  readonly reason: RunReason | null;
  readonly counted: boolean;
}

export interface FaultCase {
  readonly fault: FaultSpec;
  /** The end of a run in which the fault is laid on as the step of this index begins. */
  readonly end: (index: number) => End;
}

const MANY = 1_000_000;
/** Into the middle of a step. */
const SOON = 12;
const APP = 0x08000000;
const LOADER = 0x20000141;
const CONNECT = 0;
const DUMP = DEFAULT_STEPS.indexOf('dump');
const PROGRAM = DEFAULT_STEPS.indexOf('program');
const VERIFY = DEFAULT_STEPS.indexOf('verify');

const PASS: End = { outcome: 'PASS', reason: null, counted: false };
const PASS_COUNTED: End = { ...PASS, counted: true };
const fail = (reason: RunReason, counted = false): End => ({ outcome: 'FAIL', reason, counted });
const error = (reason: RunReason, counted = false): End => ({ outcome: 'ERROR', reason, counted });
const upTo = (last: number, end: End) => (index: number) => (index <= last ? end : PASS);
const after = (first: number, end: End) => (index: number) => (index > first ? end : PASS);
const always = (end: End) => () => end;
const only = (step: number, end: End) => (index: number) => (index === step ? end : PASS);

interface Row {
  /** Null: the fault of a cell or of the supply has no single occurrence. */
  readonly once: FaultCase | null;
  /** Null: a single occurrence is all there is. */
  readonly forGood: FaultCase | null;
}

const LIE = upTo(PROGRAM, fail('verify-mismatch'));
/** One that never answers is not even opened. */
const DEAD_PROBE = (index: number) => error('probe-failed', index > CONNECT);
const PARITY_ONCE: FaultCase = { fault: { kind: 'parity-errors', count: 1 }, end: always(PASS_COUNTED) };

/** Every fault of the virtual bench: a hiccup passes and is counted, what stays is booked where it belongs. */
export const FAULT_TABLE: Readonly<Record<FaultKind, Row>> = {
  'flash-ignores-writes': { once: null, forGood: { fault: { kind: 'flash-ignores-writes' }, end: LIE } },
  'flash-wrong-bit': {
    once: null,
    forGood: { fault: { kind: 'flash-wrong-bit', address: APP + 64, bit: 5 }, end: LIE },
  },
  'flash-drops-half-word': {
    once: null,
    forGood: { fault: { kind: 'flash-drops-half-word', address: APP + 64 }, end: LIE },
  },
  'flash-stuck-bit': {
    once: null,
    forGood: { fault: { kind: 'flash-stuck-bit', address: APP + 1, bit: 0, value: 0 }, end: LIE },
  },
  'page-does-not-erase': {
    // The chip is blank already: nothing is to be erased.
    once: null,
    forGood: { fault: { kind: 'page-does-not-erase', address: APP }, end: always(PASS) },
  },
  'slow-flash': { once: null, forGood: { fault: { kind: 'slow-flash', factor: 4 }, end: always(PASS) } },
  'ram-bit': {
    once: null,
    forGood: {
      fault: { kind: 'ram-bit', address: LOADER, bit: 4 },
      // Once the loader stands in RAM and was checked, only a new one notices; then reading back is left.
      end: upTo(DUMP, fail('program-failed', true)),
    },
  },
  'swd-bit-errors': {
    once: PARITY_ONCE,
    forGood: {
      fault: { kind: 'swd-bit-errors', aboveKhz: 1, oneIn: 1 },
      end: always(error('line-bad', true)),
    },
  },
  'parity-errors': {
    once: PARITY_ONCE,
    forGood: { fault: { kind: 'parity-errors', count: MANY }, end: always(error('line-bad', true)) },
  },
  'flash-read-flips': {
    once: { fault: { kind: 'flash-read-flips', count: 1 }, end: upTo(VERIFY, error('reads-unstable')) },
    forGood: { fault: { kind: 'flash-read-flips', count: MANY }, end: upTo(VERIFY, fail('verify-mismatch')) },
  },
  'swd-waits': {
    once: { fault: { kind: 'swd-waits', count: 1 }, end: always(PASS_COUNTED) },
    forGood: { fault: { kind: 'swd-waits', count: MANY }, end: always(fail('target-lost', true)) },
  },
  'enter-fails': {
    once: { fault: { kind: 'enter-fails', count: 1 }, end: only(CONNECT, PASS_COUNTED) },
    forGood: { fault: { kind: 'enter-fails', count: MANY }, end: only(CONNECT, fail('no-target', true)) },
  },
  'silent-replies': {
    once: { fault: { kind: 'silent-replies', count: 1 }, end: always(PASS_COUNTED) },
    forGood: { fault: { kind: 'silent-replies', count: MANY }, end: DEAD_PROBE },
  },
  'short-replies': {
    once: { fault: { kind: 'short-replies', count: 1 }, end: always(PASS_COUNTED) },
    forGood: { fault: { kind: 'short-replies', count: MANY }, end: DEAD_PROBE },
  },
  'stale-replies': {
    // What an earlier user left is read away as the probe is opened, and costs nothing.
    once: { fault: { kind: 'stale-replies', count: 1 }, end: after(CONNECT, PASS_COUNTED) },
    forGood: { fault: { kind: 'stale-replies', count: MANY }, end: always(error('probe-failed', true)) },
  },
  stall: { once: { fault: { kind: 'stall' }, end: always(PASS_COUNTED) }, forGood: null },
  'swd-pins-off': {
    once: null,
    // Attached under reset the firmware never gets to run.
    forGood: { fault: { kind: 'swd-pins-off' }, end: always(PASS) },
  },
  'brown-out': { once: { fault: { kind: 'brown-out' }, end: after(CONNECT, PASS_COUNTED) }, forGood: null },
  'brown-out-after': {
    once: {
      fault: { kind: 'brown-out-after', transfers: SOON },
      end: after(CONNECT, PASS_COUNTED),
    },
    forGood: null,
  },
  'unplug-after': {
    once: null,
    forGood: { fault: { kind: 'unplug-after', transfers: 0 }, end: always(error('probe-lost')) },
  },
};
