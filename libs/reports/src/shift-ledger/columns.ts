import { Timestamp } from '@boardwalk/contracts';
import { z } from 'zod';
import { EXCEPTION_KINDS } from './exception-kinds.ts';

const Links = z.record(z.string(), z.string());

/** The two accounts of a shift, a day or an operator. */
export const ShiftLedgerRow = z
  .object({
    key: z.string().nullable().meta({ description: 'of the group; null: runs that no operator started' }),
    codes: z.int().meta({
      description:
        'codes of boards that were scanned = started + waiting + held + refused + expired + cancelled',
    }),
    started: z.int(),
    waiting: z.int(),
    held: z.int(),
    refused: z.int(),
    expired: z.int(),
    cancelled: z.int(),
    unaccounted: z.int().meta({ description: 'codes of which the record does not say what became of them' }),
    otherCodes: z.int().meta({ description: 'codes of no board: orders, recipes, slots, commands, badges' }),
    boardsStarted: z.int().meta({ description: 'runs that started = boardsEnded + running' }),
    boardsEnded: z.int().meta({ description: 'of these runs, those that ended, also in a later shift' }),
    running: z.int(),
    withCode: z.int().meta({ description: 'of the runs that started, those that a code was scanned for' }),
    outcomes: z.record(z.string(), z.int()),
    exceptions: z.record(z.string(), z.int()).meta({ description: 'kind → number' }),
    balanced: z.boolean().meta({ description: 'both accounts are equal on their two sides' }),
    links: Links,
  })
  .meta({ id: 'ShiftLedgerRow' });
export type ShiftLedgerRow = z.infer<typeof ShiftLedgerRow>;

/** A code that was not started, or a run that did not end, in its own row. */
export const LedgerException = z
  .object({
    kind: z.enum(EXCEPTION_KINDS),
    key: z.string().nullable().meta({ description: 'of its row' }),
    at: Timestamp.meta({ description: 'when the code was scanned, or the run started' }),
    says: z.string(),
    code: z.string().nullable().meta({ description: 'null: a run, or a code that could be a secret' }),
    serial: z.string().nullable(),
    slot: z.string().nullable(),
    operator: z.string().nullable(),
    workOrder: z.string().nullable(),
    jobId: z.string().nullable(),
    runId: z.string().nullable(),
    reason: z.string().nullable(),
    link: z.string().nullable().meta({ description: 'its run or its job' }),
  })
  .meta({ id: 'ShiftLedgerException' });
export type LedgerException = z.infer<typeof LedgerException>;

export const ShiftLedgerReport = z
  .object({
    rows: z.array(ShiftLedgerRow),
    total: ShiftLedgerRow,
    exceptions: z.array(LedgerException).meta({ description: 'the latest first' }),
    rules: z.array(z.string()),
    links: Links,
  })
  .meta({ id: 'ShiftLedgerReport' });
export type ShiftLedgerReport = z.infer<typeof ShiftLedgerReport>;
