import type { EvidenceGroup, Finding } from '@boardwalk/contracts';
import { evidenceFor, EXCUSED_BY_PROTECTION, GROUP_BOUNDS } from './evidence.ts';
import { isOtherLine } from './evidence/device-id.ts';
import type { EvidenceRow } from './evidence/row.ts';
import type { Facts } from './facts.ts';

/** A row that fired, and what became of it. */
export interface Fired {
  readonly row: EvidenceRow;
  readonly finding: Finding;
}

/** What still counts of a chip of ST's of another series: the other rows are about the registers of an F103. */
const OF_ANY_LINE: ReadonlySet<EvidenceGroup> = new Set(['vendor', 'dbg']);

/** The rows that fire, the weightiest first. */
export function firedRows(facts: Facts): Fired[] {
  const foreign = isOtherLine(facts) && facts.line!.series !== 'STM32F1';
  return evidenceFor(facts.series)
    .filter(({ group, when }) => (!foreign || OF_ANY_LINE.has(group)) && when(facts))
    .map((row) => ({ row, finding: findingOf(row, facts) }));
}

function findingOf(row: EvidenceRow, facts: Facts): Finding {
  const { id, group, weight, reliability, expected, why, source, kind } = row;
  const excused = facts.readProtected && row.kind !== 'specific' && EXCUSED_BY_PROTECTION.test(id);
  return { id, group, weight, reliability, read: row.read(facts), expected, why, source, excused, kind };
}

const GROUPS = Object.entries(GROUP_BOUNDS) as [EvidenceGroup, readonly [min: number, max: number]][];

/** The sums of the groups, each within its bounds. */
export function groupSums(fired: readonly Fired[]): readonly number[] {
  return GROUPS.map(([group, [min, max]]) => {
    let sum = 0;
    for (const { finding } of fired) if (finding.group === group && !finding.excused) sum += finding.weight;
    return sum < min ? min : sum > max ? max : sum;
  });
}
