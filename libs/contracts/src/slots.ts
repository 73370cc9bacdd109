import { z } from 'zod';
import { ReferenceKind } from './boards.ts';
import { Assessment, Difference, Identity } from './identity.ts';
import { Timestamp } from './primitives.ts';
import { Outcome } from './runs.ts';

/**
 * no-probe: nothing on the port; empty: a probe but no board answers; low-voltage: too few volts at the target to work
 * with; ready; running; done: the result of the board that is in the slot; disabled; quarantined; not-open: golden and
 * known-bad boards did not open the slot for this shift yet, whether a board is in it or not.
 */
export const SlotState = z
  .enum([
    'no-probe',
    'empty',
    'low-voltage',
    'ready',
    'running',
    'done',
    'disabled',
    'quarantined',
    'not-open',
  ])
  .meta({ id: 'SlotState' });
export type SlotState = z.infer<typeof SlotState>;

export const SlotProbe = z
  .object({
    model: z.string(),
    usbId: z.string().meta({ description: 'VID:PID, e.g. 0483:3748' }),
    firmware: z.string().nullable(),
    serial: z.string().nullable(),
    serialRaw: z.string().nullable(),
    targetVoltage: z.number().nullable(),
  })
  .meta({ id: 'SlotProbe' });

export const SlotBoard = z
  .object({
    serial: z.string().nullable(),
    uid: z.string().nullable(),
    deviceId: z.string().nullable(),
    dpidr: z.string().nullable(),
    flashSizeKib: z.int().nullable(),
    verdict: z.string().nullable(),
    resembles: z.string().nullable(),
    difference: Difference.nullable(),
  })
  .meta({ id: 'SlotBoard' });

export const RunProgress = z
  .object({
    runId: z.string(),
    jobId: z.string(),
    step: z.string(),
    stepIndex: z.int(),
    stepCount: z.int(),
    doneBytes: z.int(),
    totalBytes: z.int(),
    fraction: z.number().min(0).max(1),
  })
  .meta({ id: 'RunProgress' });
export type RunProgress = z.infer<typeof RunProgress>;

/** What the page shows of the run that is on, or of the last one until the board leaves. */
export const SlotRun = RunProgress.extend({
  recipe: z.object({ name: z.string(), revision: z.int() }),
  outcome: Outcome.nullable(),
  reason: z.string().nullable(),
  detail: z.string().nullable(),
  remedy: z.string().nullable(),
}).meta({ id: 'SlotRun' });
export type SlotRun = z.infer<typeof SlotRun>;

/** The end of the last run in a slot whose board is no longer shown: kept until the next board is scanned or run. */
export const SlotLast = z
  .object({
    outcome: Outcome,
    serial: z.string().nullable(),
    uid: z.string().nullable(),
    runId: z.string(),
    at: Timestamp,
    reason: z.string().nullable(),
  })
  .meta({ id: 'SlotLast' });
export type SlotLast = z.infer<typeof SlotLast>;

/** Why no run starts on the board in a slot. */
export const SlotWaiting = z
  .object({
    reason: z.string().meta({ description: 'a stable word such as image-does-not-fit, record-held' }),
    detail: z
      .string()
      .meta({ description: 'one sentence, such as "image needs 128 KiB, this chip states 64"' }),
  })
  .meta({ id: 'SlotWaiting' });
export type SlotWaiting = z.infer<typeof SlotWaiting>;

/** The serial that a free slot is kept for. */
export const SlotReservation = z
  .object({ serial: z.string(), until: Timestamp })
  .meta({ id: 'SlotReservation' });
export type SlotReservation = z.infer<typeof SlotReservation>;

/** The way to the board in a slot: the wiring of the fixture, not the recipe, decides it. */
export const Transport = z.enum(['swd']).meta({ id: 'Transport' });
export type Transport = z.infer<typeof Transport>;

/** How the latest run of a golden or a known-bad board in a slot counts for the shift. */
export const SlotCheck = z
  .object({
    kind: ReferenceKind,
    result: z.enum(['right', 'wrong', 'other-probe', 'missing']).meta({
      description:
        'right: the golden board passed, the known-bad one failed; wrong: it ended otherwise; other-probe: the slot has ' +
        'another probe since; missing: no such board was run in the slot in this shift',
    }),
    runId: z.string().nullable(),
    board: z.int().nullable().meta({ description: 'the number of the board' }),
    outcome: Outcome.nullable(),
    at: Timestamp.nullable(),
  })
  .meta({ id: 'SlotCheck' });
export type SlotCheck = z.infer<typeof SlotCheck>;

/** Whether golden and known-bad boards have opened a slot for a recipe in the shift that is on. */
export const SlotOpening = z
  .object({
    slot: z.string(),
    recipe: z.object({ name: z.string(), revision: z.int() }),
    shift: z.string().meta({ description: '2026-11-21 night; without shifts 2026-11-21 no shift' }),
    from: Timestamp,
    to: Timestamp.meta({ description: 'the slot must be opened again from then on' }),
    open: z.boolean(),
    checks: z.array(SlotCheck),
    detail: z.string().nullable().meta({ description: 'why it is not open' }),
    remedy: z.string().nullable().meta({ description: 'what an operator does next' }),
  })
  .meta({ id: 'SlotOpening' });
export type SlotOpening = z.infer<typeof SlotOpening>;

/** One place on the fixture, bound to a USB port path. */
export const Slot = z
  .object({
    name: z.string(),
    port: z.string(),
    state: SlotState,
    enabled: z.boolean(),
    note: z.string().nullable().meta({ description: 'what is wrong and what to do, when something is' }),
    probe: SlotProbe.nullable(),
    board: SlotBoard.nullable(),
    run: SlotRun.nullable().meta({ description: 'the run at work, or the one of the board in the slot' }),
    last: SlotLast.nullable(),
    waiting: SlotWaiting.nullable(),
    reserved: SlotReservation.nullable(),
    transport: Transport,
    opening: SlotOpening.nullable().meta({
      description:
        'of the work that waits: why the slot is not open for this shift; null: nothing is in the way',
    }),
  })
  .meta({ id: 'Slot' });
export type Slot = z.infer<typeof Slot>;
export type SlotProbe = z.infer<typeof SlotProbe>;
export type SlotBoard = z.infer<typeof SlotBoard>;

export const SlotIdentification = z
  .object({ slot: z.string(), identity: Identity, assessment: Assessment })
  .meta({ id: 'SlotIdentification' });
