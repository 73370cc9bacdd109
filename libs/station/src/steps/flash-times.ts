import { MEASURED, type Measurement, type StepRecord } from '@boardwalk/contracts';
import type { FlashTimes } from '@boardwalk/identity';

const HALF_WORD_BYTES = 2;

function measured({ name, unit }: (typeof MEASURED)[keyof typeof MEASURED], value: number): Measurement[] {
  if (!(value > 0)) return [];
  return [{ name, value: Math.round(value * 1000) / 1000, unit, min: null, max: null, inLimits: true }];
}

/** The time that a chip took to erase each of some pages, over the wire. */
export function pageEraseTime(ms: number, pages: number): Measurement[] {
  return pages === 0 ? [] : measured(MEASURED.pageErase, ms / pages);
}

/** The time that a chip took to program each half-word, over the wire. */
export function halfWordTime(ms: number, bytes: number): Measurement[] {
  return bytes === 0 ? [] : measured(MEASURED.halfWord, (ms * 1000) / (bytes / HALF_WORD_BYTES));
}

/** How long the chip of a run took, by the measurements of its steps. */
export function flashTimesIn(steps: readonly Pick<StepRecord, 'measurements'>[]): FlashTimes {
  const all = steps.flatMap(({ measurements }) => measurements);
  const valueOf = (wanted: { readonly name: string }): number | null =>
    all.find(({ name }) => name === wanted.name)?.value ?? null;
  return { pageEraseMs: valueOf(MEASURED.pageErase), halfWordUs: valueOf(MEASURED.halfWord) };
}
