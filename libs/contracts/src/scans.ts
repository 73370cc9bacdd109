import { z } from 'zod';
import { SlotName, Timestamp } from './primitives.ts';

/** What an operator's scanner read. */
export const Scan = z
  .strictObject({ code: z.string().min(1).max(500), slot: SlotName.optional() })
  .meta({ id: 'Scan' });

/** The next step of an operator: choose an order or a recipe, scan a board, name its slot, put it in. */
export const ScanExpects = z.enum(['order', 'serial', 'slot', 'board']).meta({ id: 'ScanExpects' });
export type ScanExpects = z.infer<typeof ScanExpects>;

/** The work order that an operator makes, and how far it is. */
export const ScanOrder = z
  .object({ id: z.string(), passed: z.int(), of: z.int() })
  .meta({ id: 'ScanOrder', description: 'boards that passed, of the order’s quantity' });
export type ScanOrder = z.infer<typeof ScanOrder>;

export const ScanMeaning = z
  .enum(['serial', 'slot', 'work-order', 'recipe', 'badge', 'command', 'refused', 'unknown'])
  .meta({ id: 'ScanMeaning' });
export type ScanMeaning = z.infer<typeof ScanMeaning>;

export const ScanResult = z
  .object({
    meaning: ScanMeaning,
    value: z.string().meta({
      description: 'the code, or the serial in it; for a badge the word badge, never its code or its owner',
    }),
    message: z.string().meta({ description: 'one sentence for the operator' }),
    jobId: z.string().nullable().meta({ description: 'the job that this scan started' }),
    slot: z.string().nullable(),
    expects: ScanExpects.optional().meta({ description: 'the next step; not for a badge' }),
    order: ScanOrder.nullable().optional(),
    reservedUntil: Timestamp.nullable()
      .optional()
      .meta({ description: 'the slot is kept for the board until then' }),
  })
  .meta({ id: 'ScanResult' });

/** A slot that is kept for a board. */
export const ScanReservation = z
  .object({
    slot: z.string(),
    serial: z.string().nullable().meta({ description: 'null: a board without a serial' }),
    jobId: z.string(),
    reservedUntil: Timestamp,
  })
  .meta({ id: 'ScanReservation' });

/** What an operator has chosen by scans, kept over reloads and restarts, and what is expected next. */
export const ScanState = z
  .object({
    account: z.string(),
    order: ScanOrder.nullable(),
    recipe: z
      .string()
      .nullable()
      .meta({ description: 'the recipe that was chosen; null where an order was chosen' }),
    serialRule: z
      .string()
      .nullable()
      .meta({ description: 'the rule for serials in words, or "no serial rule"; null: nothing is chosen' }),
    slot: z.string().nullable().meta({ description: 'the slot of the next board' }),
    lot: z.string().nullable().meta({ description: 'the lot of the chips from now on' }),
    again: z.string().nullable().meta({ description: 'why the next board is tested again' }),
    serial: z.string().nullable().meta({ description: 'the serial that needs its slot, or *again*' }),
    expects: ScanExpects,
    reservations: z.array(ScanReservation),
  })
  .meta({ id: 'ScanState' });
export type ScanState = z.infer<typeof ScanState>;

/** What became of a board's code, as the record has it. */
export const ScanFate = z
  .enum(['waiting', 'started', 'held', 'refused', 'expired', 'cancelled'])
  .meta({ id: 'ScanFate' });
export type ScanFate = z.infer<typeof ScanFate>;

/** Data of `scan.changed`: an operator's choices after a scan, and the scan where there was one. */
export const ScanChange = ScanState.extend({
  scan: z
    .object({
      id: z.int(),
      meaning: ScanMeaning,
      code: z.string().nullable().meta({ description: 'null: it could be a secret' }),
      slot: z.string().nullable(),
      fate: ScanFate.nullable().meta({ description: 'null: it was no board’s code' }),
    })
    .nullable(),
}).meta({ id: 'ScanChange' });
export type ScanChange = z.infer<typeof ScanChange>;

export type Scan = z.infer<typeof Scan>;
export type ScanResult = z.infer<typeof ScanResult>;
export type ScanReservation = z.infer<typeof ScanReservation>;
