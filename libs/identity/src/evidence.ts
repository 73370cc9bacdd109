import type { EvidenceGroup } from '@boardwalk/contracts';
import { SERIES, STM32F1 } from '@boardwalk/series';
import { BOOT_ROM_EVIDENCE } from './evidence/boot-rom.ts';
import { CORE_EVIDENCE } from './evidence/core.ts';
import { DEVICE_ID_EVIDENCE } from './evidence/device-id.ts';
import { MEMORY_EVIDENCE } from './evidence/memory.ts';
import { PERIPHERAL_EVIDENCE } from './evidence/peripherals.ts';
import type { EvidenceRow } from './evidence/row.ts';
import { UNIQUE_ID_EVIDENCE } from './evidence/unique-id.ts';
import { VENDOR_EVIDENCE } from './evidence/vendor.ts';

/** Contribution of each group is held within these bounds: one piece of evidence is not counted five times. */
export const GROUP_BOUNDS: Readonly<Record<EvidenceGroup, readonly [min: number, max: number]>> = {
  core: [-6, 5],
  vendor: [-8, 4],
  dbg: [-5, 1],
  mem: [-6, 2],
  uid: [-6, 1],
  rom: [-4, 1],
  periph: [-6, 0],
};

/**
 * Odd reads that read protection excuses: genuine protected parts read so too. A size that a protected part hides is not read
 * at all, and one that it states counts.
 */
export const EXCUSED_BY_PROTECTION = /^(HALF|UID|SYS)_/;

/** Every row. A new fingerprint is one line in the file of its group. */
export const EVIDENCE: readonly EvidenceRow[] = [
  ...CORE_EVIDENCE,
  ...VENDOR_EVIDENCE,
  ...DEVICE_ID_EVIDENCE,
  ...MEMORY_EVIDENCE,
  ...UNIQUE_ID_EVIDENCE,
  ...BOOT_ROM_EVIDENCE,
  ...PERIPHERAL_EVIDENCE,
];

/** The weightiest first; rows of one weight stay in their order. */
const BY_WEIGHT = [...EVIDENCE].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));

/** The names of the series that a row is about. */
export const seriesOf = ({ series = [STM32F1.name] }: EvidenceRow): readonly string[] => series;
/** Series that have rows of their own, not only the row that tells lines apart. */
const MODELLED: ReadonlySet<string> = new Set(
  EVIDENCE.map(seriesOf).flatMap((names) => (names.length < SERIES.length ? names : [])),
);
const BY_SERIES: ReadonlyMap<string, readonly EvidenceRow[]> = new Map(
  SERIES.map(({ name }) => [name, BY_WEIGHT.filter((row) => seriesOf(row).includes(name))]),
);

/** The rows about a series, the weightiest first. */
export const evidenceFor = (series: string): readonly EvidenceRow[] => BY_SERIES.get(series) ?? [];

/** Whether a model of evidence exists for a series. */
export const hasModel = (series: string): boolean => MODELLED.has(series);
