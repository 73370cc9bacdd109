import { z } from 'zod';
import { Difference } from './identity.ts';
import { ListQuery, Reason, VirtualFilter } from './lists.ts';
import { PlantTime, SlotName, Timestamp } from './primitives.ts';
import { Outcome } from './runs.ts';

/** free: it may run; held: a person must decide first; rejected: a person decided that it does not run again. */
export const BoardState = z.enum(['free', 'held', 'rejected']).meta({ id: 'BoardState' });
export type BoardState = z.infer<typeof BoardState>;

/** golden: known good; bad: known bad. Both check the station: no rule and no count includes them. */
export const ReferenceKind = z.enum(['golden', 'bad']).meta({ id: 'ReferenceKind' });
export type ReferenceKind = z.infer<typeof ReferenceKind>;

/** A run of a board that counts: one that ended and that no person aborted. */
export const BoardAttempt = z
  .object({
    run: z.string(),
    sequence: z.int(),
    recipe: z.string(),
    outcome: Outcome,
    at: Timestamp,
  })
  .meta({ id: 'BoardAttempt' });
export type BoardAttempt = z.infer<typeof BoardAttempt>;

/** A doubt about records: one serial on two chips, or one chip under two serials. Never an identity verdict. */
export const RecordFinding = z
  .object({
    kind: z.enum(['serial-on-second-uid', 'uid-under-second-serial']),
    serial: z.string().nullable(),
    uid: z.string().nullable(),
    otherBoard: z.int().nullable(),
    otherSerial: z.string().nullable(),
    otherUid: z.string().nullable(),
    otherAt: Timestamp.nullable(),
    runId: z.string().nullable(),
    policy: z.string().meta({ description: 'what was done about it: past, accept, hold, refuse' }),
    foundAt: Timestamp,
  })
  .meta({ id: 'RecordFinding' });
export type RecordFinding = z.infer<typeof RecordFinding>;

/** That a board read otherwise than the other boards of its lot, or than the golden boards. */
export const CohortFinding = z
  .object({
    lot: z.string().nullable(),
    against: z.enum(['lot', 'reference']).meta({
      description: 'lot: the other boards of its lot; reference: the golden boards of its recipe',
    }),
    trait: z
      .enum(['revision', 'bootRom', 'core', 'family', 'eraseTime', 'halfWordTime'])
      .meta({ description: 'what was compared' }),
    read: z.string(),
    expected: z.string().meta({ description: 'what the others read' }),
    boards: z.int().meta({ description: 'how many of the others read so' }),
    of: z.int().meta({ description: 'how many others were read' }),
    runId: z.string(),
    policy: z
      .enum(['note', 'hold', 'accept'])
      .meta({ description: 'what was done; accept: a person had accepted the board' }),
    foundAt: Timestamp,
  })
  .meta({ id: 'CohortFinding' });
export type CohortFinding = z.infer<typeof CohortFinding>;

/** A physical unit, known by scanned serial, by UID, or both, with its last outcome. */
export const Board = z
  .object({
    id: z.string().meta({ description: 'its unique id, else its serial, else its number' }),
    serial: z.string().nullable().meta({ description: 'the serial that it has now' }),
    uid: z.string().nullable(),
    deviceId: z.string().nullable(),
    dpidr: z.string().nullable(),
    verdict: z.string().nullable(),
    resembles: z.string().nullable(),
    firstSeenAt: Timestamp,
    lastSeenAt: Timestamp,
    lastOutcome: Outcome.nullable(),
    runs: z.int(),
    number: z.int().meta({ description: 'the board’s own number; GET /boards/NUMBER shows its life' }),
    serials: z.array(z.string()).meta({ description: 'every serial that it has had, the first one first' }),
    state: BoardState,
    held: z
      .object({ about: z.string(), reason: z.string(), detail: z.string().nullable(), at: Timestamp })
      .nullable()
      .meta({ description: 'why it waits for a person’s decision' }),
    reference: ReferenceKind.nullable(),
    referenceNote: z.string().nullable(),
    life: z
      .int()
      .meta({ description: '1 until its first repair; each repair adds 1 and attempts start at 1' }),
    lastReason: z.string().nullable(),
    firstAttempt: BoardAttempt.nullable(),
    lastAttempt: BoardAttempt.nullable(),
    counts: z.object({ runs: z.int(), attempts: z.int(), passes: z.int() }),
    findings: z.array(RecordFinding),
    difference: Difference.nullable().meta({
      description: 'maker: another maker’s fingerprint; part: ST silicon, not the part ordered',
    }),
    cohort: z.array(CohortFinding).meta({ description: 'how it was unlike its lot or the golden boards' }),
  })
  .meta({ id: 'Board' });
export type Board = z.infer<typeof Board>;

/** Data of `board.changed`: the board as it is now, and the board that turned out to be the same chip, if any. */
export const BoardChange = Board.extend({ mergedFrom: z.int().nullable() }).meta({ id: 'BoardChange' });
export type BoardChange = z.infer<typeof BoardChange>;

const text = z.string().max(64);

/** Filters of GET /boards. Those that are about runs show boards that have such a run; times are of its start. */
export const BoardQuery = ListQuery.extend({
  state: BoardState.optional(),
  reference: ReferenceKind.optional(),
  verdict: text.optional(),
  resembles: text.optional(),
  serial: text.optional(),
  uid: text.optional(),
  outcome: Outcome.optional().meta({ description: 'of its latest run that ended' }),
  reason: text.optional().meta({ description: 'of its latest run that ended' }),
  lot: text.optional(),
  supplier: text.optional(),
  workOrder: text.optional(),
  recipe: text.optional(),
  image: text.optional(),
  operator: text.optional(),
  slot: SlotName.optional(),
  from: PlantTime.optional(),
  to: PlantTime.optional().meta({ description: 'a date includes that day' }),
  virtual: VirtualFilter,
  counted: z.enum(['true', 'lot', 'supplier', 'workOrder', 'recipe']).optional().meta({
    description:
      'boards as the report of identities counts them, by the latest identity read of those that fit; a name: this filter is about that latest one alone',
  }),
  difference: z.enum(['maker', 'part', '']).optional(),
  readFrom: Timestamp.optional().meta({ description: 'with counted: that identity was read then or later' }),
  readTo: Timestamp.optional().meta({ description: 'with counted: that identity was read before' }),
});
export type BoardQuery = z.infer<typeof BoardQuery>;

/** What the path names: without it a board's number, its unique id or a serial, whatever fits. */
export const BoardBy = z.strictObject({ by: z.enum(['number', 'uid', 'serial']).optional() });
export type BoardBy = z.infer<typeof BoardBy>;

/** Body of POST /boards/:id/reference. `kind: null` takes the mark away: its runs count again. */
export const MarkReference = z
  .strictObject({ kind: ReferenceKind.nullable(), note: Reason.nullable().default(null) })
  .meta({ id: 'MarkReference', examples: [{ kind: 'golden', note: 'Passed the calibration of week 12.' }] });
export type MarkReference = z.infer<typeof MarkReference>;

/** Body of POST /boards/:id/repair: what was repaired. Attempts start at 1 again. */
export const RepairBoard = z
  .strictObject({ reason: Reason.meta({ description: 'what was repaired' }) })
  .meta({ id: 'RepairBoard', examples: [{ reason: 'U3 was soldered again.' }] });
export type RepairBoard = z.infer<typeof RepairBoard>;
