import { z } from 'zod';
import { Timestamp } from './primitives.ts';
import { Outcome } from './runs.ts';

/** A physical unit, known by scanned serial, by UID, or both, with its last outcome. */
export const Board = z
  .object({
    id: z.string(),
    serial: z.string().nullable(),
    uid: z.string().nullable(),
    deviceId: z.string().nullable(),
    dpidr: z.string().nullable(),
    verdict: z.string().nullable(),
    resembles: z.string().nullable(),
    firstSeenAt: Timestamp,
    lastSeenAt: Timestamp,
    lastOutcome: Outcome.nullable(),
    runs: z.int(),
  })
  .meta({ id: 'Board' });
export type Board = z.infer<typeof Board>;
