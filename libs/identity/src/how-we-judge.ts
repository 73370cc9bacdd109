import type { EvidenceGroup, EvidenceRule, Finding, FindingKind, IdentityModel } from '@boardwalk/contracts';
import { EVIDENCE, GROUP_BOUNDS, seriesOf } from './evidence.ts';
import type { EvidenceRow } from './evidence/row.ts';
import { SOURCES } from './evidence/sources.ts';
import { MODEL_VERSION } from './model.ts';
import { CONSISTENT_FROM, LEAST_TOGETHER, NEEDED_READS, RED } from './verdict.ts';

const LOOKS_AT: Readonly<Record<EvidenceGroup, string>> = {
  core: 'the processor core: its ids, its revision and its debug components',
  vendor: 'the designer that the root ROM table names',
  dbg: 'the device id, which names the part and its revision',
  mem: 'the sizes of flash and SRAM',
  uid: 'the unique id',
  rom: 'the boot ROM',
  periph: 'registers of the peripherals, and what stays in them',
};
const GRADES: Readonly<Record<Finding['reliability'], string>> = {
  A: 'two independent public sources',
  B: 'one public source',
  C: 'inferred from public facts; it never makes a chip differ alone',
};
const KINDS: Readonly<Record<FindingKind, string>> = {
  supports: 'speaks for a genuine part of ST',
  specific: 'a value that a known other part shows; only these make a chip differ',
  odd: 'a value that is not the expected one, which a bad read also gives',
};

/** How weights become a verdict, as `verdict.ts` does it. */
const RULES: readonly string[] = [
  'Each row that a chip shows adds its weight. A positive weight speaks for genuine ST, a negative one against.',
  'The weights of one group count together, within the bounds of the group: one fact is not counted five times.',
  `A chip differs only by specific rows: by one of weight ${RED} or less and grade A or B, or by rows of two groups. Odd rows, however many, never make a chip differ.`,
  `A row that needs another counts against a chip only when ${LEAST_TOGETHER} such rows are shown, one of them of the core: a single one can be a bad read.`,
  `A chip is consistent from a sum of ${CONSISTENT_FROM}, when no row of weight ${RED} or less counts and all of these were read: ${NEEDED_READS.join(', ')}.`,
  'In every other case the verdict is insufficient. The station then says what it did not read, and what reading it would settle.',
  'What was not read counts neither for nor against a chip. What read protection hides or changes is excused.',
  'A family is named only where a chip shows what this family alone shows. Otherwise it is unidentified.',
  'No verdict says that a chip is genuine: no public method proves that. No verdict accuses a maker.',
];

/** The model as a customer reads it: every weight with its grade and its public source. */
export function identityModel(): IdentityModel {
  const groups = Object.keys(LOOKS_AT) as EvidenceGroup[];
  return {
    modelVersion: MODEL_VERSION,
    rules: [...RULES],
    grades: entries(GRADES).map(([grade, means]) => ({ grade, means })),
    kinds: entries(KINDS).map(([kind, means]) => ({ kind, means })),
    groups: groups.map((group) => {
      const [least, most] = GROUP_BOUNDS[group];
      return { group, looksAt: LOOKS_AT[group], least, most };
    }),
    evidence: groups.flatMap((group) =>
      EVIDENCE.filter((row) => row.group === group)
        .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
        .map(ruleOf),
    ),
  };
}

function ruleOf(row: EvidenceRow): EvidenceRule {
  const { id, group, weight, reliability, kind, expected, why, source } = row;
  const needsAnother = kind === 'specific' && row.needsAnother === true;
  const series = [...seriesOf(row)];
  const sources = row.cites.map((name) => SOURCES[name]);
  return { id, group, weight, reliability, kind, expected, why, source, series, needsAnother, sources };
}

const entries = <Key extends string>(words: Readonly<Record<Key, string>>): [Key, string][] =>
  Object.entries(words) as [Key, string][];
