import type { ScanState } from '@boardwalk/contracts';

/** A person who has chosen an order, and scans boards. */
export const scans = (over: Partial<ScanState> = {}): ScanState => ({
  account: 'olga',
  order: { id: 'WO-1', passed: 3, of: 10 },
  recipe: null,
  serialRule: null,
  slot: null,
  lot: null,
  again: null,
  serial: null,
  expects: 'serial',
  reservations: [],
  ...over,
});

/** A slot that is kept for a serial. */
export const kept = (slot: string, serial: string | null = 'SN-9') => ({
  ...{ slot, serial, jobId: 'j' },
  reservedUntil: '2026-11-27T12:01:00.000Z',
});
