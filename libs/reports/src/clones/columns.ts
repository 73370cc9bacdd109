import { Difference, Share, Verdict } from '@boardwalk/contracts';
import { z } from 'zod';
import { DONE } from './done.ts';

const Links = z.record(z.string(), z.string()).meta({ description: 'the list of the boards of each count' });

/** Boards of one lot, supplier, order, recipe or day. A share is of the boards of the row. */
export const ClonesRow = z
  .object({
    key: z.string().nullable().meta({ description: 'null: boards without one' }),
    boards: z.int(),
    consistent: Share,
    differs: Share,
    insufficient: Share,
    families: z.record(z.string(), z.int()).meta({
      description: 'boards that differ by the family that they resemble; unidentified: none that is known',
    }),
    held: z.int().meta({ description: 'boards that wait for a decision about their identity or their lot' }),
    sameUidTwice: z.int().meta({ description: 'boards whose unique id came under a second serial' }),
    changedWithin: z.int().nullable().meta({ description: 'the first board that was unlike its lot' }),
    otherMaker: z.int().meta({ description: 'boards with the fingerprint of another maker' }),
    otherPart: z.int().meta({ description: 'boards with silicon of ST that is not the part ordered' }),
    done: z.record(z.enum(DONE), z.int()).meta({ description: 'what was done with the boards that differ' }),
    leftBeforeDecision: z.int().meta({ description: 'boards that differ and passed before anybody decided' }),
    links: Links,
  })
  .meta({ id: 'ClonesRow' });
export type ClonesRow = z.infer<typeof ClonesRow>;

/** In how many boards of each row a finding fired. */
export const EvidenceRow = z
  .object({
    finding: z.string(),
    boards: z.int(),
    byKey: z.array(z.object({ key: z.string().nullable(), boards: z.int() })),
  })
  .meta({ id: 'ClonesEvidence' });
export type EvidenceRow = z.infer<typeof EvidenceRow>;

/** A board that differs or waits for a decision, with what was done about it. */
export const ClonesBoard = z
  .object({
    board: z.int(),
    serial: z.string().nullable(),
    uid: z.string().nullable(),
    lot: z.string().nullable(),
    supplier: z.string().nullable(),
    workOrder: z.string().nullable(),
    verdict: Verdict,
    resembles: z.string().nullable(),
    difference: Difference.nullable(),
    findings: z.array(z.string()),
    done: z.enum(DONE),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
    leftBeforeDecision: z.boolean(),
    link: z.string().meta({ description: 'the board with its evidence' }),
  })
  .meta({ id: 'ClonesBoard' });
export type ClonesBoard = z.infer<typeof ClonesBoard>;

export const LotChangeRow = z
  .object({
    lot: z.string(),
    board: z.int(),
    trait: z.string(),
    read: z.string(),
    expected: z.string(),
    boards: z.int().meta({ description: 'how many other boards of the lot read as expected' }),
    of: z.int(),
    foundAt: z.string(),
    link: z.string(),
  })
  .meta({ id: 'ClonesLotChange' });

export const UidPairRow = z
  .object({
    uid: z.string(),
    board: z.int(),
    serial: z.string().nullable(),
    otherSerial: z.string().nullable(),
    policy: z.string(),
    foundAt: z.string(),
    link: z.string(),
  })
  .meta({ id: 'ClonesUidPair' });

export const TrendRow = z
  .object({ supplier: z.string().nullable(), day: z.string(), differs: Share })
  .meta({ id: 'ClonesTrend' });

/** Boards by what they show, each count with the rule that it follows. */
export const ClonesReport = z
  .object({
    groupBy: z.string(),
    rows: z.array(ClonesRow),
    total: ClonesRow,
    evidence: z.array(EvidenceRow),
    boards: z
      .array(ClonesBoard)
      .meta({ description: 'boards that differ or wait for a decision, the latest first' }),
    lotChanges: z.array(LotChangeRow).meta({ description: 'the first board that was unlike its lot' }),
    uidPairs: z.array(UidPairRow),
    trend: z.array(TrendRow).meta({ description: 'by supplier and day' }),
    rules: z.array(z.string()),
    links: Links,
  })
  .meta({ id: 'ClonesReport' });
export type ClonesReport = z.infer<typeof ClonesReport>;
