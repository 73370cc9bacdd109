import type { Run } from '@boardwalk/contracts';
import { Controller } from '@nestjs/common';
import { EventLog } from '../events/event-log.ts';
import { Generations } from '../events/generations.ts';
import { logPage } from '../lists/cursor.ts';
import { PlantTimes } from '../reports/plant-times.ts';
import { EVENTS } from '../routes/logs.ts';
import type { TakenBy } from '../routes/row.ts';
import { RUNS } from '../routes/runs.ts';
import { RunBook } from '../runs/run-book.ts';
import { VirtualRuns } from '../runs/virtual-runs.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

@Controller()
export class RunsController {
  constructor(
    private readonly runs: RunBook,
    private readonly virtual: VirtualRuns,
    private readonly times: PlantTimes,
  ) {}

  @Route(RUNS.listRuns)
  listRuns(@Taken() { query }: TakenBy<typeof RUNS.listRuns>) {
    return this.runs.list({ ...this.times.of(query), virtual: this.virtual.shown(query.virtual) });
  }

  @Route(RUNS.getRun)
  getRun(@Taken() { params }: TakenBy<typeof RUNS.getRun>): Promise<Run> {
    return this.runs.get(params.id);
  }
}

@Controller()
export class EventsController {
  constructor(
    private readonly events: EventLog,
    private readonly generations: Generations,
  ) {}

  @Route(EVENTS.listEvents)
  async listEvents(@Taken() { query: { limit, ...place } }: TakenBy<typeof EVENTS.listEvents>) {
    await this.generations.require(place);
    return logPage(await this.events.after(place.after ?? 0, limit), limit);
  }
}
