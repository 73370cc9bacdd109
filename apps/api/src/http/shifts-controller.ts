import type { ShiftTable } from '@boardwalk/contracts';
import { Controller } from '@nestjs/common';
import { ShiftBook } from '../reports/shift-book.ts';
import type { TakenBy } from '../routes/row.ts';
import { STATION } from '../routes/station.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

@Controller()
export class ShiftsController {
  constructor(private readonly shifts: ShiftBook) {}

  @Route(STATION.getShifts)
  getShifts(): Promise<ShiftTable> {
    return this.shifts.table();
  }

  @Route(STATION.putShifts)
  putShifts(@Taken() { body }: TakenBy<typeof STATION.putShifts>): Promise<ShiftTable> {
    return this.shifts.put(body);
  }
}
