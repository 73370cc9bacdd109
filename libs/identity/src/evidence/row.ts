import { hex32, type EvidenceGroup, type Finding, type FindingKind } from '@boardwalk/contracts';
import type { Facts } from '../facts.ts';
import type { SourceName } from './sources.ts';

/** One row of the model: when it fires, what it weighs (positive: towards genuine ST) and why. */
export interface EvidenceRow {
  readonly id: string;
  readonly group: EvidenceGroup;
  readonly weight: number;
  readonly reliability: Finding['reliability'];
  readonly kind: FindingKind;
  readonly when: (facts: Facts) => boolean;
  readonly read: (facts: Facts) => string;
  readonly expected: string;
  readonly why: string;
  readonly source: string;
  /** Where a reader can follow it. */
  readonly cites: readonly SourceName[];
  /**
   * Its word is one or two bits from a genuine part's, or a single read of the core: it decides only with another such row. On
   * silicon that differs they come together.
   */
  readonly needsAnother?: boolean;
  /** The names of the series that it is about; absent: the STM32F1. */
  readonly series?: readonly string[];
}

type Base = Pick<EvidenceRow, 'group' | 'read' | 'expected' | 'source' | 'cites' | 'series' | 'needsAnother'>;
type Weighed = readonly [weight: number, reliability: Finding['reliability'], kind: FindingKind];
type Rest = readonly [id: string, weighed: Weighed, when: EvidenceRow['when'], why: string];

/** Rows that look at one read. */
export const rows = (base: Base, ...list: readonly Rest[]): EvidenceRow[] =>
  list.map(([id, [weight, reliability, kind], when, why]) => ({
    ...base,
    ...{ id, weight, reliability, kind, when, why },
  }));

/** The words of a finding for a register. */
export const register = (pick: (facts: Facts) => number | null) => (facts: Facts) => {
  const value = pick(facts);
  return value === null ? 'not read' : hex32(value);
};

/** Whether a register was read and its word is one of these. */
export const is = (word: number | null, ...words: readonly number[]): boolean =>
  word !== null && words.includes(word);

/** Where the ids of the core and its debug components are public. */
export const CORE_SOURCE = {
  source: 'public debugger logs of measured parts; ARM DDI0337',
  cites: ['cortexM3', 'romTables', 'blackMagic'],
} as const;
