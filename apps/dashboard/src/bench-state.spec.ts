import type { Slot, StationEvent } from '@boardwalk/contracts';
import { afterEvent, afterProgress, EMPTY_BENCH } from './bench-state.ts';
import { run, slot } from './testing/slots.ts';

const event = (id: number, data: Slot): StationEvent => ({
  id,
  at: '2026-01-01T00:00:00Z',
  type: 'slot.changed',
  data,
});
test('a slot is added once and then replaced', () => {
  const first = afterEvent(EMPTY_BENCH, event(1, slot()));
  const second = afterEvent(first, event(2, slot({ state: 'running' })));
  expect(second.slots.map(({ state }) => state)).toEqual(['running']);
});

test('an event that was seen already changes nothing', () => {
  const state = afterEvent(EMPTY_BENCH, event(5, slot()));
  expect(afterEvent(state, event(5, slot({ state: 'empty' })))).toBe(state);
  expect(afterEvent(state, event(4, slot({ state: 'empty' })))).toBe(state);
});

test('progress of another run than the one shown is left out', () => {
  const state = afterEvent(EMPTY_BENCH, event(1, slot({ run: run() })));
  const data = { ...run(), runId: 'other', fraction: 0.5 };
  expect(afterProgress(state, { type: 'run.progress', slot: '1', data }).slots[0]!.run!.fraction).toBe(0);
  expect(
    afterProgress(state, { type: 'run.progress', slot: '1', data: { ...data, runId: 'r' } }).slots[0]!.run!
      .fraction,
  ).toBe(0.5);
});

test('the end of a run is the first of the last ones', () => {
  const ended = { id: 'r', slot: '4', outcome: 'FAIL', serial: 'SN-1', reason: 'verify-mismatch' };
  const state = afterEvent(EMPTY_BENCH, {
    ...{ id: 3, at: '2026-01-01T00:00:00Z', type: 'run.completed' },
    data: ended,
  } as StationEvent);
  expect(state.ends).toEqual([
    { runId: 'r', slot: '4', outcome: 'FAIL', serial: 'SN-1', reason: 'verify-mismatch' },
  ]);
});
