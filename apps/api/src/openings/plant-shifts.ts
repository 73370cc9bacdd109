import { NO_SHIFT, Plant, type Period } from '@boardwalk/reports';
import { openToRead, shiftPlans } from '@boardwalk/records';
import { Inject, Injectable } from '@nestjs/common';
import type { Configuration } from '../settings/configuration.ts';
import { CONFIGURATION } from '../settings/tokens.ts';

/** The shift that is on, in the plant's time. The plans are read once, and again after a change. */
@Injectable()
export class PlantShifts {
  #plant: Plant | null = null;

  constructor(
    @Inject(CONFIGURATION)
    private readonly configuration: Pick<Configuration, 'databaseFile' | 'timeZone'>,
  ) {}

  /** @param now RFC 3339 */
  periodAt(now: string): Period {
    this.#plant ??= this.#read();
    return this.#plant.shifts.periodAt(Date.parse(now));
  }

  /** The shifts were changed. */
  forget(): void {
    this.#plant = null;
  }

  #read(): Plant {
    const { databaseFile, timeZone } = this.configuration;
    const file = openToRead(databaseFile);
    try {
      return new Plant(timeZone, shiftPlans(file));
    } finally {
      file.close();
    }
  }
}

/** What a person calls a shift: `shift early of 2026-11-27`; the day where no shift is on. */
export function calledShift(key: string): string {
  const [date, name] = [key.slice(0, 10), key.slice(11)];
  return name === NO_SHIFT ? date : `shift ${name} of ${date}`;
}
