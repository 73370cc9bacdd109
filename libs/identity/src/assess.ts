import type { Assessment, EvidenceGroup, Finding, Identity } from '@boardwalk/contracts';
import { SERIES } from '@boardwalk/series';
import { evidenceFor, EXCUSED_BY_PROTECTION, GROUP_BOUNDS } from './evidence.ts';
import { resembledFamily } from './families.ts';
import { factsOf, type Expectation, type Facts } from './facts.ts';

const CONSISTENT_FROM = 8;
const DIFFERS_FROM = -6;
const RED = -3;
const TRANSPORT_FAILURES = new Set([0, 0xffffffff]);

/**
 * What an identity shows, weighed: gates first, then evidence capped by group, then the verdict. It never says
 * "genuine" and never accuses a maker: no public method proves a part genuine.
 */
export function assess(identity: Identity, expectation: Expectation = {}): Assessment {
  const facts = factsOf(identity, expectation);
  const findings = findingsOf(facts);
  const score = scoreOf(findings);
  const gate = GATES.find(({ when }) => when(facts));
  const ids = new Set(findings.filter(({ excused }) => !excused).map(({ id }) => id));
  const modifiers = MODIFIERS.filter(({ when }) => when(facts, ids)).map(({ says }) => says);
  if (gate) {
    return {
      verdict: 'insufficient',
      strength: null,
      resembles: null,
      score,
      findings,
      modifiers,
      summary: typeof gate.says === 'string' ? gate.says : gate.says(facts),
    };
  }
  const red = findings.some(({ weight, excused }) => !excused && weight <= RED);
  const verdict =
    score >= CONSISTENT_FROM && !red
      ? 'consistent'
      : red || score <= DIFFERS_FROM
        ? 'differs'
        : 'insufficient';
  const resembles = verdict === 'differs' ? resembledFamily(facts, ids) : null;
  const strength = verdict === 'insufficient' ? null : strengthOf(findings, verdict === 'consistent');
  return {
    verdict,
    strength,
    resembles,
    score,
    findings,
    modifiers,
    summary: summaryOf(verdict, resembles, score, modifiers),
  };
}

/** Reading faults that must not become verdicts. */
const GATES: readonly { when: (facts: Facts) => boolean; says: string | ((facts: Facts) => string) }[] = [
  {
    when: (f) =>
      SERIES.some(({ blocks }) => f.idcode === blocks.debugUnit) ||
      (f.dpidr !== null && TRANSPORT_FAILURES.has(f.dpidr)) ||
      (f.cpuid !== null && TRANSPORT_FAILURES.has(f.cpuid)),
    says: 'The probe did not read the chip correctly; nothing can be concluded.',
  },
  {
    when: (f) => f.dpidr === null || f.cpuid === null || f.designer === null || f.idcode === null,
    says: 'Too little could be read to conclude anything.',
  },
  {
    when: (f) => evidenceFor(f.series).length === 0,
    says: (f) =>
      `No model of evidence exists yet for the ${f.series} series: its registers are recorded, and nothing is concluded from them.`,
  },
  {
    when: (f) => f.signatureBlank && !f.readProtected && !f.readUnderReset,
    says: 'The signature reads blank; read it again with reset held.',
  },
];

const relabelled = ['SIZE_DIFF', 'SIZE_ILLEGAL'];

const MODIFIERS: readonly { when: (facts: Facts, ids: ReadonlySet<string>) => boolean; says: string }[] = [
  { when: (f) => f.readProtected, says: 'limited: the chip is read-protected' },
  {
    when: (_f, ids) => ids.has('VENDOR_ST') && ids.has('CPUID_R1P1') && relabelled.some((id) => ids.has(id)),
    says: 'ST silicon by its registers, but not the part ordered (relabelled?)',
  },
  {
    when: (_f, ids) => ids.has('CORE_MIXED') || (ids.has('VENDOR_ST') && ids.has('CPUID_M3_R2')),
    says: 'the identity registers contradict each other',
  },
];

function findingsOf(facts: Facts): Finding[] {
  const rows = evidenceFor(facts.series).filter(({ when }) => when(facts));
  const fired = rows.map((row) => ({
    id: row.id,
    group: row.group,
    weight: row.weight,
    reliability: row.reliability,
    read: row.read(facts),
    expected: row.expected,
    why: row.why,
    source: row.source,
    excused: facts.readProtected && EXCUSED_BY_PROTECTION.test(row.id),
  }));
  return fired.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

function sumsByGroup(findings: readonly Finding[]): Map<EvidenceGroup, number> {
  const sums = new Map<EvidenceGroup, number>();
  for (const { group, weight, excused } of findings) {
    if (!excused) sums.set(group, (sums.get(group) ?? 0) + weight);
  }
  for (const [group, sum] of sums) {
    const [min, max] = GROUP_BOUNDS[group];
    sums.set(group, Math.min(max, Math.max(min, sum)));
  }
  return sums;
}

function scoreOf(findings: readonly Finding[]): number {
  return [...sumsByGroup(findings).values()].reduce((sum, value) => sum + value, 0);
}

/** How many groups agree with the verdict: three or more high, two medium, one low. */
function strengthOf(findings: readonly Finding[], consistent: boolean): Assessment['strength'] {
  const agreeing = [...sumsByGroup(findings).values()].filter((sum) =>
    consistent ? sum > 0 : sum < 0,
  ).length;
  return agreeing >= 3 ? 'high' : agreeing === 2 ? 'medium' : 'low';
}

function summaryOf(
  verdict: Assessment['verdict'],
  resembles: string | null,
  score: number,
  modifiers: string[],
): string {
  const more = modifiers.length > 0 ? ` (${modifiers.join('; ')})` : '';
  if (verdict === 'consistent') return `Consistent with a genuine ST part${more}.`;
  if (verdict === 'insufficient') return `Not enough evidence either way${more}.`;
  if (score > DIFFERS_FROM)
    return `Differs from a genuine ST part in some reads; set the board aside${more}.`;
  return `Differs from a genuine ST part: reports itself as ${resembles ?? 'an unidentified family'}${more}.`;
}
