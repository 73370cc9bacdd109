import { z } from 'zod';
import { Assessment, Identity } from './identity.ts';
import { Outcome } from './runs.ts';

/** no-probe: nothing on the port; empty: a probe but no board answers; ready; running; done: result shown; disabled; quarantined. */
export const SlotState = z
  .enum(['no-probe', 'empty', 'ready', 'running', 'done', 'disabled', 'quarantined'])
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
    run: SlotRun.nullable(),
  })
  .meta({ id: 'Slot' });
export type Slot = z.infer<typeof Slot>;
export type SlotProbe = z.infer<typeof SlotProbe>;
export type SlotBoard = z.infer<typeof SlotBoard>;

export const SlotIdentification = z
  .object({ slot: z.string(), identity: Identity, assessment: Assessment })
  .meta({ id: 'SlotIdentification' });
