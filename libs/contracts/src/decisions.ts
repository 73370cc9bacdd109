import { z } from 'zod';
import { Reason } from './lists.ts';
import { Timestamp } from './primitives.ts';

export const DecisionAbout = z.enum(['record', 'identity', 'cohort']).meta({
  description:
    'record: serial and chip do not go together; identity: the chip differs; cohort: the lot changes',
});
export type DecisionAbout = z.infer<typeof DecisionAbout>;
export const DecisionName = z
  .enum(['same-board', 'replaced', 'duplicate-uid', 'accept', 'reject', 'refuse'])
  .meta({
    description:
      'same-board: serial and chip belong together from now on; replaced: the new chip is a new board with this serial, ' +
      'the old one no longer counts for its orders; duplicate-uid: the unique id tells nothing; accept: go on, with a finding; ' +
      'reject: the board runs no more; refuse: the unit that waits ends',
  });
export type DecisionName = z.infer<typeof DecisionName>;
/** The decisions that fit every board of a lot. */
export const LotDecisionName = DecisionName.extract(['accept', 'reject', 'refuse']);
/** These are about two boards of the record. */
const OF_RECORDS: ReadonlySet<string> = new Set(['same-board', 'replaced', 'duplicate-uid']);

/** Body of POST /boards/:id/decision. */
export const CreateDecision = z
  .strictObject({ about: DecisionAbout, decision: DecisionName, reason: Reason })
  .superRefine(({ about, decision }, issues) => {
    if (about === 'record' || !OF_RECORDS.has(decision)) return;
    issues.addIssue({ code: 'custom', path: ['decision'], message: 'is for a doubt about the record only' });
  })
  .meta({
    id: 'CreateDecision',
    examples: [{ about: 'record', decision: 'replaced', reason: 'Chip replaced at repair bench 2.' }],
  });
export type CreateDecision = z.infer<typeof CreateDecision>;

/** Body of POST /lots/:lot/decision: for every board of the lot that is held about it now. */
export const CreateLotDecision = z
  .strictObject({ about: DecisionAbout, decision: LotDecisionName, reason: Reason })
  .meta({
    id: 'CreateLotDecision',
    examples: [
      { about: 'identity', decision: 'accept', reason: 'The supplier confirmed the new date code.' },
    ],
  });
export type CreateLotDecision = z.infer<typeof CreateLotDecision>;

/** A decision as recorded. `sequence` is the id of the event that says so. */
export const Decision = z
  .object({
    sequence: z.int(),
    board: z.int().nullable(),
    lot: z.string().nullable(),
    about: DecisionAbout,
    decision: DecisionName,
    reason: z.string(),
    serial: z.string().nullable().meta({ description: 'the serial that the doubt was about' }),
    uid: z.string().nullable(),
    decidedBy: z.string(),
    role: z.string(),
    decidedAt: Timestamp,
    boards: z.array(z.int()).meta({ description: 'the boards that it changed, by number' }),
  })
  .meta({ id: 'Decision' });
export type Decision = z.infer<typeof Decision>;
