import { z } from 'zod';
import { SlotName } from './primitives.ts';

/** What an operator's scanner read. */
export const Scan = z
  .strictObject({ code: z.string().min(1).max(500), slot: SlotName.optional() })
  .meta({ id: 'Scan' });
export const ScanResult = z
  .object({
    meaning: z.enum(['serial', 'slot', 'work-order', 'recipe', 'badge', 'unknown']),
    value: z
      .string()
      .meta({ description: 'the code; for a badge the word badge, never its code or its owner' }),
    message: z.string().meta({ description: 'one sentence for the operator' }),
    jobId: z.string().nullable(),
    slot: z.string().nullable(),
  })
  .meta({ id: 'ScanResult' });
export type Scan = z.infer<typeof Scan>;
export type ScanResult = z.infer<typeof ScanResult>;
