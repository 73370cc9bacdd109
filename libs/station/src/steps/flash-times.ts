import type { Measurement, StepRecord } from '@boardwalk/contracts';
import type { FlashTimes } from '@boardwalk/identity';

const PAGE_ERASE = 'page erase time';
const HALF_WORD = 'half-word time';
const HALF_WORD_BYTES = 2;

function measured(name: string, unit: string, value: number): Measurement[] {
  if (!(value > 0)) return [];
  return [{ name, value: Math.round(value * 1000) / 1000, unit, min: null, max: null, inLimits: true }];
}

/** The time that a chip took to erase each of some pages, over the wire. */
export function pageEraseTime(ms: number, pages: number): Measurement[] {
  return pages === 0 ? [] : measured(PAGE_ERASE, 'ms', ms / pages);
}

/** The time that a chip took to program each half-word, over the wire. */
export function halfWordTime(ms: number, bytes: number): Measurement[] {
  return bytes === 0 ? [] : measured(HALF_WORD, 'µs', (ms * 1000) / (bytes / HALF_WORD_BYTES));
}

/** How long the chip of a run took, by the measurements of its steps. */
export function flashTimesIn(steps: readonly Pick<StepRecord, 'measurements'>[]): FlashTimes {
  const all = steps.flatMap(({ measurements }) => measurements);
  const valueOf = (name: string): number | null => all.find((each) => each.name === name)?.value ?? null;
  return { pageEraseMs: valueOf(PAGE_ERASE), halfWordUs: valueOf(HALF_WORD) };
}
