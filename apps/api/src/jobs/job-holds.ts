import type { StationEvent } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../events/event-log.ts';
import type { Transaction } from '../persistence/database.ts';
import type { Job } from '../persistence/gen/client.ts';
import { jobIn } from '../units/job-rows.ts';

/** Jobs that no board can help: they wait for a person, and say why. */
@Injectable()
export class JobHolds {
  constructor(private readonly events: EventLog) {}

  async hold(transaction: Transaction, { id, state: before }: Job, reason: string): Promise<StationEvent> {
    const state = before === 'running' ? 'paused' : 'held';
    await transaction.job.update({ where: { id }, data: { state, reason } });
    return this.events.append(transaction, 'job.changed', await jobIn(transaction, id));
  }
}
