import { ShiftClock, type ShiftPlan } from './time/shifts.ts';
import { Zone } from './time/zone.ts';

/** The plant's time: its zone and its shifts. */
export class Plant {
  readonly zone: Zone;
  readonly shifts: ShiftClock;

  constructor(timeZone = 'UTC', plans: readonly ShiftPlan[] = []) {
    this.zone = new Zone(timeZone);
    this.shifts = new ShiftClock(plans, this.zone);
  }
}
