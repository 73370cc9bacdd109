import { z } from 'zod';
import { EvidenceGroup, FindingKind } from './identity.ts';

const Grade = z.enum(['A', 'B', 'C']);

/** One row of the model of evidence: what a chip shows, what that weighs, and where it is public. */
export const EvidenceRule = z
  .object({
    id: z.string().meta({ description: 'the id of the finding' }),
    group: EvidenceGroup,
    weight: z.int().meta({ description: 'positive: it speaks for genuine ST; negative: against' }),
    reliability: Grade,
    kind: FindingKind,
    expected: z.string().meta({ description: 'what a genuine part reads' }),
    why: z.string(),
    source: z.string().meta({ description: 'where it is public' }),
    series: z.array(z.string()).meta({ description: 'the series that it is about' }),
    needsAnother: z.boolean().meta({ description: 'it decides only with another such read' }),
    sources: z
      .array(
        z.object({ title: z.string(), url: z.url().meta({ examples: ['https://example.org/manual.pdf'] }) }),
      )
      .meta({ description: 'to follow' }),
  })
  .meta({ id: 'EvidenceRule' });
export type EvidenceRule = z.infer<typeof EvidenceRule>;

/** How the station judges what a chip is: every weight, with its public source. */
export const IdentityModel = z
  .object({
    modelVersion: z.int(),
    rules: z.array(z.string()).meta({ description: 'how weights become a verdict, in sentences' }),
    grades: z.array(z.object({ grade: Grade, means: z.string() })),
    kinds: z.array(z.object({ kind: FindingKind, means: z.string() })),
    groups: z.array(
      z.object({
        group: EvidenceGroup,
        looksAt: z.string(),
        least: z.int().meta({ description: 'the sum of its weights counts as no less' }),
        most: z.int().meta({ description: 'the sum of its weights counts as no more' }),
      }),
    ),
    evidence: z.array(EvidenceRule).meta({ description: 'by group, in each group the weightiest first' }),
  })
  .meta({ id: 'IdentityModel' });
export type IdentityModel = z.infer<typeof IdentityModel>;
