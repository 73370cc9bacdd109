import type { Slot } from '@boardwalk/contracts';

/** A slot with a probe and no board. */
export const slot = (over: Partial<Slot> = {}): Slot => ({
  name: '1',
  port: '1-1',
  state: 'empty',
  enabled: true,
  note: null,
  probe: null,
  board: null,
  run: null,
  last: null,
  waiting: null,
  reserved: null,
  opening: null,
  transport: 'swd',
  ...over,
});

export const board = (over: Partial<NonNullable<Slot['board']>> = {}): NonNullable<Slot['board']> => ({
  serial: 'SN-1',
  uid: 'u1',
  deviceId: '0x20036410',
  dpidr: '0x1ba01477',
  flashSizeKib: 64,
  verdict: null,
  resembles: null,
  difference: null,
  ...over,
});

export const probe = (targetVoltage: number | null): NonNullable<Slot['probe']> => ({
  model: 'ST-LINK/V2',
  usbId: '0483:3748',
  firmware: 'V2J37S7',
  serial: null,
  serialRaw: null,
  targetVoltage,
});

export const run = (over: Partial<NonNullable<Slot['run']>> = {}): NonNullable<Slot['run']> => ({
  runId: 'r',
  jobId: 'j',
  step: 'connect',
  stepIndex: 0,
  stepCount: 4,
  doneBytes: 0,
  totalBytes: 0,
  fraction: 0,
  recipe: { name: 'a', revision: 1 },
  outcome: null,
  reason: null,
  detail: null,
  remedy: null,
  ...over,
});

export const last = (over: Partial<NonNullable<Slot['last']>> = {}): NonNullable<Slot['last']> => ({
  outcome: 'PASS',
  serial: 'SN-1',
  uid: 'u1',
  runId: 'r',
  at: '2026-11-27T12:00:00.000Z',
  reason: null,
  ...over,
});

/** A slot whose board has a result. */
export const done = (ended: Partial<NonNullable<Slot['run']>>, rest: Partial<Slot> = {}): Slot =>
  slot({ state: 'done', board: board(), run: run(ended), ...rest });

/** A slot that is not open for the shift yet, and what opens it. */
export const opening = (remedy: string): NonNullable<Slot['opening']> => ({
  slot: '1',
  recipe: { name: 'a', revision: 1 },
  shift: '2026-11-27 day',
  from: '2026-11-27T05:00:00.000Z',
  to: '2026-11-27T13:00:00.000Z',
  open: false,
  checks: [],
  detail: 'Slot 1 is not open for this shift.',
  remedy,
});
