import {
  isOpenJob,
  type Job,
  type RunProgressEvent,
  type Slot,
  type StationEvent,
} from '@boardwalk/contracts';
import { withEnd, type RunEnd } from './facts/run-ends.ts';

/** What the bench page knows. `lastEventId` is where it goes on after a gap. */
export interface BenchState {
  readonly slots: readonly Slot[];
  readonly jobs: readonly Job[];
  /** The latest ends of runs, newest first. */
  readonly ends: readonly RunEnd[];
  readonly lastEventId: number;
  /** The last event that says that choices of scans changed. */
  readonly lastScanEvent: number;
  /** Of the record that the id is in. */
  readonly generation: string;
}

export const EMPTY_BENCH: BenchState = {
  slots: [],
  jobs: [],
  ends: [],
  lastEventId: 0,
  lastScanEvent: 0,
  generation: '',
};

/** The state after a committed event. Events that it has seen already change nothing. */
export function afterEvent(state: BenchState, event: StationEvent): BenchState {
  if (event.id <= state.lastEventId) return state;
  const next = { ...state, lastEventId: event.id };
  switch (event.type) {
    case 'slot.changed':
      return { ...next, slots: withSlot(state.slots, event.data) };
    case 'job.created':
    case 'job.changed':
    case 'job.completed':
      return { ...next, jobs: withJob(state.jobs, event.data) };
    case 'run.completed':
      return { ...next, ends: withEnd(state.ends, event.data) };
    case 'run.step':
      return { ...next, slots: withStep(state.slots, event.data) };
    case 'scan.changed':
      return { ...next, lastScanEvent: event.id };
    default:
      return next;
  }
}

/** The state after a run's progress, which is never committed. */
export function afterProgress(state: BenchState, { slot: name, data }: RunProgressEvent): BenchState {
  const slots = state.slots.map((slot) =>
    slot.name === name && slot.run?.runId === data.runId ? { ...slot, run: { ...slot.run, ...data } } : slot,
  );
  return { ...state, slots };
}

function withSlot(slots: readonly Slot[], changed: Slot): readonly Slot[] {
  const known = slots.some(({ name }) => name === changed.name);
  return known ? slots.map((slot) => (slot.name === changed.name ? changed : slot)) : [...slots, changed];
}

function withJob(jobs: readonly Job[], changed: Job): readonly Job[] {
  const others = jobs.filter(({ id }) => id !== changed.id);
  return isOpenJob(changed) ? [changed, ...others] : others;
}

type StepData = Extract<StationEvent, { type: 'run.step' }>['data'];

function withStep(slots: readonly Slot[], { slot: name, runId, step }: StepData): readonly Slot[] {
  return slots.map((slot) => {
    if (slot.name !== name || slot.run?.runId !== runId || slot.run.outcome) return slot;
    const done = step.index + (step.state === 'running' ? 0 : 1);
    const fraction = done / slot.run.stepCount;
    return { ...slot, run: { ...slot.run, step: step.step, stepIndex: step.index, fraction } };
  });
}
