import type { ScanState, Slot } from '@boardwalk/contracts';
import { scans } from '../apps/dashboard/src/testing/scans.ts';
import { board, done, last, opening, probe, run, slot } from '../apps/dashboard/src/testing/slots.ts';

const serial = (number: number): string => `SN-${String(number).padStart(6, '0')}`;
const on = (number: number) => board({ serial: serial(number) });
const reserved = { serial: serial(318), until: '2026-11-27T12:01:00.000Z' };
/** As long as a serial of GS1 may be. */
const LONGEST = 'ABCDEFGHIJ0123456789';

const UNPROTECT = 'Remove the write protection with: boardwalk unprotect --slot 6. It erases the board.';

/** A bench of 24 slots in which every state of a tile is seen, with the longest words that each can have. */
export const ALL_STATES: readonly Slot[] = [
  done({ outcome: 'PASS' }, { board: on(317) }),
  done({ outcome: 'PASS' }, { board: { ...on(316), verdict: 'differs', resembles: 'CKS32' } }),
  done({ outcome: 'PASS' }, { board: { ...on(315), verdict: 'differs' } }),
  done({ outcome: 'PASS' }, { board: { ...on(314), verdict: 'differs', difference: 'part' } }),
  done({ outcome: 'PASS' }, { board: board({ serial: LONGEST }), reserved }),
  done({ outcome: 'FAIL', reason: 'write-protected', remedy: UNPROTECT }, { board: on(313) }),
  slot({ reserved }),
  slot({ state: 'running', board: on(319), run: run({ step: 'program', stepIndex: 3, fraction: 0.64 }) }),
  slot({ state: 'running', board: on(320), run: run({ step: 'read-identity', fraction: 1 }) }),
  slot({ state: 'running', board: board({ serial: null }) }),
  slot({ state: 'ready', board: board({ serial: null }) }),
  slot(),
  done(
    { outcome: 'ERROR', reason: 'no-power', remedy: 'Check the contact of the slot.' },
    { board: on(312) },
  ),
  done({ outcome: 'TIMEOUT', reason: 'timed-out' }, { board: on(311) }),
  slot({
    ...{ state: 'ready', board: board({ serial: null }) },
    last: last({ outcome: 'ERROR', reason: 'interrupted', serial: serial(310) }),
  }),
  done({ outcome: 'ABORTED', reason: 'record-held' }, { board: on(309) }),
  slot({
    state: 'quarantined',
    note: 'The probe failed three times. Plug it in again, then recover the slot.',
  }),
  slot({ state: 'disabled', enabled: false }),
  slot({ state: 'no-probe', port: '1-4.2.3.1' }),
  slot({ state: 'low-voltage', probe: probe(1.2) }),
  slot({ state: 'not-open', opening: opening('Put the known-bad board into slot 21.') }),
  slot({ last: last({ serial: serial(308) }) }),
  slot({ last: last({ outcome: 'FAIL', reason: 'verify-mismatch', serial: LONGEST }) }),
  slot({
    state: 'ready',
    board: on(321),
    waiting: { reason: 'record-held', detail: 'Quality holds this board until it is decided.' },
  }),
].map((each, index) => ({ ...each, name: String(index + 1) }));

/** The latest runs, newest first. */
export const RUNS = (
  ['PASS', 'PASS', 'FAIL', 'ERROR', 'ABORTED', 'PASS', 'PASS', 'PASS', 'PASS', 'PASS'] as const
).map((outcome, index) => ({
  id: `run-${index}`,
  slot: String(24 - index),
  outcome,
  serial: serial(317 - index),
  reason: null,
}));

export const FIRST_PASS = { count: 312, of: 317, share: 312 / 317, low: 0.9636, high: 0.9932 };

/** Benches that differ in what the strip says. */
export const BENCHES: Readonly<Record<string, { slots: readonly Slot[]; scans: ScanState }>> = {
  states: { slots: ALL_STATES, scans: scans() },
  free: {
    slots: ALL_STATES.map(({ name }) => slot({ name })),
    scans: scans({ order: null, expects: 'order' }),
  },
  place: {
    slots: ALL_STATES.map(({ name }) => slot({ name, reserved: name === '17' ? reserved : null })),
    scans: scans({
      order: { id: 'WO-2026-000118', passed: 317, of: 500 },
      ...{ serialRule: 'SN- and six digits', lot: 'B1' },
      reservations: [{ slot: '17', serial: LONGEST, jobId: 'j', reservedUntil: reserved.until }],
    }),
  },
  complete: {
    slots: ALL_STATES.map(({ name }) => done({ outcome: 'PASS' }, { name, board: on(300 + Number(name)) })),
    scans: scans({ order: { id: 'WO-2026-000118', passed: 500, of: 500 } }),
  },
};
