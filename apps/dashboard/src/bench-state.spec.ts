import type { Slot, StationEvent } from '@boardwalk/contracts';
import { afterEvent, afterProgress, EMPTY_BENCH } from './bench-state.ts';

const slot = (over: Partial<Slot> = {}): Slot => ({
  name: '1',
  port: '1-1',
  state: 'ready',
  enabled: true,
  note: null,
  probe: null,
  board: null,
  run: null,
  last: null,
  waiting: null,
  opening: null,
  reserved: null,
  transport: 'swd',
  ...over,
});
const event = (id: number, data: Slot): StationEvent => ({
  id,
  at: '2026-01-01T00:00:00Z',
  type: 'slot.changed',
  data,
});
const run: NonNullable<Slot['run']> = {
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
};

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
  const state = afterEvent(EMPTY_BENCH, event(1, slot({ run })));
  const data = { ...run, runId: 'other', fraction: 0.5 };
  expect(afterProgress(state, { type: 'run.progress', slot: '1', data }).slots[0]!.run!.fraction).toBe(0);
  expect(
    afterProgress(state, { type: 'run.progress', slot: '1', data: { ...data, runId: 'r' } }).slots[0]!.run!
      .fraction,
  ).toBe(0.5);
});
