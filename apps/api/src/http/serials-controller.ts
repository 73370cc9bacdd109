import type { SerialRange } from '@boardwalk/contracts';
import { Controller } from '@nestjs/common';
import type { TakenBy } from '../routes/row.ts';
import { SERIALS } from '../routes/serials.ts';
import { SerialBook } from '../serials/serial-book.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

@Controller()
export class SerialsController {
  constructor(private readonly serials: SerialBook) {}

  @Route(SERIALS.createSerialRange)
  createSerialRange(@Taken() { body }: TakenBy<typeof SERIALS.createSerialRange>): Promise<SerialRange> {
    return this.serials.create(body);
  }

  @Route(SERIALS.listSerialRanges)
  listSerialRanges(@Taken() { query: { limit, cursor } }: TakenBy<typeof SERIALS.listSerialRanges>) {
    return this.serials.list(limit, cursor);
  }

  @Route(SERIALS.getSerialRange)
  getSerialRange(@Taken() { params }: TakenBy<typeof SERIALS.getSerialRange>): Promise<SerialRange> {
    return this.serials.get(params.name);
  }

  @Route(SERIALS.listSerials)
  listSerials(@Taken() { params, query }: TakenBy<typeof SERIALS.listSerials>) {
    return this.serials.serials(params.name, query);
  }
}
