import { z } from 'zod';
import { BenchKind } from './bench.ts';
import { Job } from './jobs.ts';
import { Timestamp } from './primitives.ts';
import { Run, StepRecord } from './runs.ts';
import { RunProgress, Slot, SlotOpening } from './slots.ts';
import { Finding } from './identity.ts';
import { Recipe } from './recipes.ts';
import { ScanChange } from './scans.ts';
import { IssuedSerial } from './serials.ts';
import { WorkOrder } from './work-orders.ts';
import { BoardChange } from './boards.ts';

/** What the whole station is doing; `bench` tells a virtual bench from a real one, always in sight. */
export const StationStatus = z
  .object({
    station: z.string(),
    version: z.string(),
    bench: BenchKind,
    ready: z.boolean(),
    problems: z.array(z.string()),
    notes: z.array(z.string()).meta({
      description: 'worth knowing, and no reason to stop: an upgrade at work, a clock that was wrong',
    }),
    stationId: z
      .string()
      .meta({ description: 'made at its first start; the same in every event, lease and backup' }),
  })
  .meta({ id: 'StationStatus' });
export type StationStatus = z.infer<typeof StationStatus>;

/** The wall clock stepped back, or began before the last event of the record. Order in the record is by number. */
export const ClockStep = z
  .object({
    from: Timestamp.meta({ description: 'the time that was reached before' }),
    to: Timestamp.meta({ description: 'what the wall clock said then' }),
    stepSeconds: z.number().meta({ description: 'how far it went back; negative' }),
    cause: z.enum(['stepped-back', 'began-before-the-record']),
  })
  .meta({ id: 'ClockStep' });
export type ClockStep = z.infer<typeof ClockStep>;

export const StationName = z.object({ id: z.string(), name: z.string() }).meta({ id: 'StationName' });
export type StationName = z.infer<typeof StationName>;

const base = { id: z.int().meta({ description: 'event id; committed before it is sent' }), at: Timestamp };
const event = <Type extends string, Data extends z.ZodType>(type: Type, data: Data) =>
  z.object({ ...base, type: z.literal(type), data });

const RunSummary = Run.omit({ steps: true, identity: true, assessment: true });
const ProbeEvent = z.object({
  slot: z.string(),
  port: z.string(),
  probe: z.string().nullable(),
  note: z.string().nullable(),
});

/** A committed event, as GET /events lists it and /live sends it. */
export const StationEvent = z
  .discriminatedUnion('type', [
    event('slot.changed', Slot),
    event('probe.connected', ProbeEvent),
    event('probe.lost', ProbeEvent),
    event('probe.quarantined', ProbeEvent),
    event('probe.recovered', ProbeEvent),
    event('job.created', Job),
    event('job.changed', Job),
    event('job.completed', Job),
    event('run.started', RunSummary),
    event('run.step', z.object({ runId: z.string(), jobId: z.string(), slot: z.string(), step: StepRecord })),
    event('run.completed', RunSummary),
    event(
      'identity.finding',
      z.object({ runId: z.string().nullable(), slot: z.string(), findings: z.array(Finding) }),
    ),
    event('station.changed', StationStatus),
    event('station.clock', ClockStep),
    event('station.named', StationName),
    event('work-order.changed', WorkOrder),
    event('recipe.changed', Recipe),
    event('serial.changed', IssuedSerial),
    event('scan.changed', ScanChange),
    event('board.changed', BoardChange),
    event('slot.checked', SlotOpening),
  ])
  .meta({ id: 'StationEvent' });
export type StationEvent = z.infer<typeof StationEvent>;
export type StationEventType = StationEvent['type'];
/** The type of every committed event. */
export const EVENT_TYPES: readonly StationEventType[] = StationEvent.options.map(
  ({ shape }) => shape.type.value,
);

/** Where the event log stands: what a snapshot taken after it needs to follow from. */
export const EventPlace = z
  .object({ lastEventId: z.int(), generation: z.string() })
  .meta({ id: 'EventPlace' });
export type EventPlace = z.infer<typeof EventPlace>;

/** `run.progress` is sent but not committed: it carries no event id. */
export const RunProgressEvent = z.object({
  type: z.literal('run.progress'),
  slot: z.string(),
  data: RunProgress,
});
export type RunProgressEvent = z.infer<typeof RunProgressEvent>;

/**
 * What a client of /live sends first; it then gets what it missed, then what happens, each once and in order. What it
 * missed comes in pages. With `acknowledge` each page ends with a `page` event, and the next one is sent once the
 * client called its acknowledgement; without it the next one is sent when the connection took the one before.
 */
export const Subscribe = z.object({
  after: z.int().min(0).optional(),
  generation: z.string().max(100).optional(),
  acknowledge: z.boolean().optional(),
});
export type Subscribe = z.infer<typeof Subscribe>;

/** The end of a page of what a client missed; `more`: another page follows its acknowledgement. */
export const LivePage = z.object({ to: z.int(), events: z.int(), more: z.boolean() });
export type LivePage = z.infer<typeof LivePage>;

/** Why /live refuses or ends something, as the event `problem` says it. */
export const LiveProblem = z.object({
  code: z.enum(['unauthorized', 'invalid', 'too-far-back', 'too-many', 'generation-changed']),
  detail: z.string(),
  lastEventId: z.int().optional().meta({ description: 'where the event log is now' }),
});
export type LiveProblem = z.infer<typeof LiveProblem>;

/** Events that /live sends again at most; whoever missed more pages GET /events first. */
export const LIVE_REPLAY_EVENTS = 20_000;
export const LIVE_PATH = '/api/ws';
export const LIVE_NAMESPACE = '/live';
