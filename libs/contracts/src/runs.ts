import { z } from 'zod';
import { Assessment, Identity } from './identity.ts';
import { ListQuery, VirtualFilter } from './lists.ts';
import { Hex32, PlantTime, Sha256, SlotName, Timestamp } from './primitives.ts';
import { ProofMethod } from './recipes.ts';

/** PASS, FAIL (the board), ERROR (the station), TIMEOUT, ABORTED (a person). */
export const Outcome = z.enum(['PASS', 'FAIL', 'ERROR', 'TIMEOUT', 'ABORTED']).meta({ id: 'Outcome' });
export type Outcome = z.infer<typeof Outcome>;

/** A number that a step measured, with its unit and the limits it was held to. */
export const Measurement = z
  .object({
    name: z.string(),
    value: z.number(),
    unit: z.string(),
    min: z.number().nullable(),
    max: z.number().nullable(),
    inLimits: z.boolean(),
  })
  .meta({ id: 'Measurement' });
export type Measurement = z.infer<typeof Measurement>;

export const StepRecord = z
  .object({
    index: z.int(),
    step: z.string(),
    state: z.enum(['running', 'passed', 'failed', 'error', 'skipped']),
    startedAt: Timestamp,
    durationMs: z
      .number()
      .nullable()
      .meta({ description: 'in the probe’s time: modelled on a virtual bench' }),
    detail: z.string().meta({ description: 'one sentence: what was done or what is wrong' }),
    code: z.string().nullable(),
    remedy: z.string().nullable(),
    measurements: z.array(Measurement),
  })
  .meta({ id: 'StepRecord' });
export type StepRecord = z.infer<typeof StepRecord>;

/** How PASS was established: the bytes crossed SWD, or the target's core hashed its flash and a sample agreed. */
export const VerifyProof = z
  .object({
    method: ProofMethod,
    ranges: z.array(z.object({ address: Hex32, bytes: z.int(), sha256: Sha256 })),
    sampledPages: z.int(),
  })
  .meta({ id: 'VerifyProof' });
export type VerifyProof = z.infer<typeof VerifyProof>;

/** What a patch put into this board: its bytes are part of what was programmed and verified. */
export const WrittenPatch = z
  .object({ address: Hex32, from: z.string(), value: z.string(), hex: z.string() })
  .meta({ id: 'WrittenPatch' });
export type WrittenPatch = z.infer<typeof WrittenPatch>;

/** One execution of a recipe on one board at one slot. `outcome` is null while it runs. */
export const Run = z
  .object({
    id: z.string(),
    jobId: z.string(),
    slot: z.string(),
    portPath: z.string(),
    recipe: z.object({ name: z.string(), revision: z.int() }),
    imageSha256: Sha256.meta({ description: 'the id that the image had when the run began' }),
    workOrder: z.string().nullable(),
    operator: z.string().nullable(),
    serial: z.string().nullable(),
    probeSerial: z.string().nullable(),
    probeFirmware: z.string().nullable(),
    startedAt: Timestamp,
    finishedAt: Timestamp.nullable(),
    outcome: Outcome.nullable(),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'a stable word such as identity-differs, verify-mismatch, interrupted' }),
    detail: z.string().nullable(),
    remedy: z.string().nullable(),
    steps: z.array(StepRecord),
    identity: Identity.nullable(),
    assessment: Assessment.nullable(),
    targetVoltage: z.number().nullable(),
    dumpBeforeSha256: Sha256.nullable(),
    dumpAfterSha256: Sha256.nullable(),
    verify: VerifyProof.nullable(),
    patches: z.array(WrittenPatch),
    stationVersion: z.string(),
    virtual: z.boolean().meta({ description: 'true: the bench was virtual' }),
    imageFileSha256: Sha256.nullable().meta({ description: 'the file by which the image was named' }),
    sequence: z
      .int()
      .nullable()
      .meta({ description: 'its place in the record, the id of its run.started event; only grows' }),
    board: z.int().nullable().meta({ description: 'the number of its board' }),
    attempt: z.int().nullable().meta({
      description: '1 for a board’s first attempt at this recipe name; null while it runs and for ABORTED',
    }),
    reference: z
      .enum(['golden', 'bad'])
      .nullable()
      .meta({ description: 'a reference board: no rule, no count' }),
    lot: z.string().nullable(),
    supplier: z.string().nullable().meta({ description: 'of the chips' }),
  })
  .meta({ id: 'Run' });
export type Run = z.infer<typeof Run>;

/** First attempts of boards of which this is true, in the same life and at the same recipe. */
export const LifeFact = z
  .enum(['first-pass', 'board-first', 'second-pass', 'third-pass', 'last-pass', 'failed', 'passed-on-retest'])
  .meta({ id: 'LifeFact' });
export type LifeFact = z.infer<typeof LifeFact>;

/** Filters of GET /runs. An empty one is for runs that have no such value. Times are of the run's start. */
export const RunQuery = ListQuery.extend({
  job: z.string().max(64).optional(),
  slot: SlotName.optional(),
  operator: z.string().max(64).optional(),
  board: z.coerce.number().int().min(1).optional(),
  image: z.string().max(64).optional(),
  lot: z.string().max(64).optional(),
  supplier: z.string().max(64).optional(),
  verdict: z.string().max(64).optional(),
  resembles: z.string().max(64).optional(),
  reason: z.string().max(64).optional(),
  outcome: Outcome.optional(),
  workOrder: z.string().max(64).optional(),
  recipe: z.string().max(64).optional(),
  serial: z.string().max(64).optional(),
  uid: z.string().max(64).optional(),
  from: PlantTime.optional(),
  to: PlantTime.optional().meta({ description: 'a date includes that day' }),
  virtual: VirtualFilter,
  attempt: z
    .union([z.coerce.number().int().min(1), z.enum(['any', 'again'])])
    .optional()
    .meta({ description: 'the number of the attempt; any: attempts alone; again: those after the first' }),
  life: LifeFact.optional(),
  counted: z
    .enum(['true'])
    .optional()
    .meta({ description: 'runs that reports count: finished ones of boards that are no reference boards' }),
  fault: z
    .enum(['board', 'station', 'any'])
    .optional()
    .meta({ description: 'board: FAIL; station: ERROR or TIMEOUT; any: both' }),
  shift: z
    .string()
    .max(64)
    .optional()
    .meta({ description: '2026-11-21 night, or night for that of every day' }),
  recipeRevision: z.coerce.number().int().min(1).optional(),
  probe: z.string().max(64).optional().meta({ description: 'serial of the probe' }),
  hadReason: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'first attempts of boards of which an attempt failed for this reason; *: for any' }),
  passedAfter: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'the same, of boards that passed later in the same life' }),
});
export type RunQuery = z.infer<typeof RunQuery>;
