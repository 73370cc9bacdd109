import { MOST_SHIFT_DAYS, Plant, shiftSpans, spanOf, type Span } from '@boardwalk/reports';
import { openToRead, shiftPlans } from '@boardwalk/records';
import { Inject, Injectable } from '@nestjs/common';
import { invalid } from '../problems/problems.ts';
import type { Configuration } from '../settings/configuration.ts';
import { CONFIGURATION } from '../settings/tokens.ts';

interface Asked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly shift?: string | undefined;
}

/** The times of a list's query in the plant's zone: dates and shifts as instants. */
@Injectable()
export class PlantTimes {
  constructor(@Inject(CONFIGURATION) private readonly configuration: Configuration) {}

  /** @throws ProblemException 400 for a shift without a date in a window that is too long */
  of<Query extends Asked>({ shift, from, to, ...query }: Query) {
    const { databaseFile, timeZone } = this.configuration;
    if (shift === undefined && from === undefined && to === undefined) return query;
    const plant = new Plant(timeZone, shift === undefined ? [] : plansIn(databaseFile));
    const window = spanOf({ from, to }, plant.zone);
    return {
      ...query,
      from: window.from ?? undefined,
      to: window.to ?? undefined,
      spans: shift === undefined ? undefined : spansOf(shift, window, plant),
    };
  }
}

function plansIn(path: string) {
  const file = openToRead(path);
  try {
    return shiftPlans(file);
  } finally {
    file.close();
  }
}

function spansOf(shift: string, window: Span, plant: Plant): Span[] {
  const spans = shiftSpans(shift, window, plant);
  if (spans === null) throw invalid('invalid:shift-undated', { shift, days: MOST_SHIFT_DAYS }, '/shift');
  return spans;
}
