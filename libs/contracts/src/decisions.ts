import { z } from 'zod';
import { Reason } from './lists.ts';
import { Timestamp } from './primitives.ts';

const About = z.enum(['record', 'identity', 'cohort']).meta({
  description:
    'record: serial and chip do not go together; identity: the chip differs; cohort: the lot changes',
});
const What = z.enum(['same-board', 'replaced', 'duplicate-uid', 'accept', 'reject', 'refuse']).meta({
  description:
    'same-board: serial and chip belong together from now on; replaced: the new chip is a new board with this serial, ' +
    'the old one no longer counts for its orders; duplicate-uid: the unique id tells nothing; accept: go on, with a finding; ' +
    'reject: the board runs no more; refuse: the unit that waits ends',
});
/** These are about two boards of the record. */
const OF_RECORDS: ReadonlySet<string> = new Set(['same-board', 'replaced', 'duplicate-uid']);

/** Body of POST /boards/:id/decision. */
export const CreateDecision = z
  .strictObject({ about: About, decision: What, reason: Reason })
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
  .strictObject({ about: About, decision: z.enum(['accept', 'reject', 'refuse']), reason: Reason })
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
    about: About,
    decision: What,
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
