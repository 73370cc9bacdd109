import type { PutShifts, Shift, ShiftTable } from '@boardwalk/contracts';
import { overlapping } from '@boardwalk/reports';
import { Inject, Injectable } from '@nestjs/common';
import { callerNow } from '../events/caller.ts';
import { EventLog } from '../events/event-log.ts';
import { Database } from '../persistence/database.ts';
import { PlantShifts } from '../openings/plant-shifts.ts';
import { invalid } from '../problems/problems.ts';
import type { Configuration } from '../settings/configuration.ts';
import { CONFIGURATION } from '../settings/tokens.ts';

/** The plant's shifts. A plan is never changed: the next one applies from its own instant on. */
@Injectable()
export class ShiftBook {
  constructor(
    private readonly database: Database,
    private readonly events: EventLog,
    private readonly shifts: PlantShifts,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async table(): Promise<ShiftTable> {
    const row = await this.database.shiftPlan.findFirst({ orderBy: { sequence: 'desc' } });
    const shifts = row ? (JSON.parse(row.shifts) as Shift[]) : [];
    return { shifts, timeZone: this.configuration.timeZone, since: row?.since ?? null };
  }

  /** @throws ProblemException 400 where two shifts are on at the same time */
  async put(shifts: PutShifts): Promise<ShiftTable> {
    const both = overlapping(shifts);
    if (both) {
      const [one, other] = both;
      const pointer = `/${shifts.findIndex(({ name }) => name === other.name)}`;
      throw invalid('invalid:shift-overlaps', { one: one.name, other: other.name }, pointer);
    }
    const since = new Date().toISOString();
    await this.database.commit(async (transaction) => {
      const sequence = await this.events.nextId(transaction);
      await this.events.change(transaction, 'shifts.changed', { shifts, since });
      await transaction.shiftPlan.create({
        data: { sequence, since, shifts: JSON.stringify(shifts), author: callerNow().actor },
      });
    });
    this.shifts.forget();
    return this.table();
  }
}
