import { Injectable } from '@nestjs/common';
import { Database } from '../persistence/database.ts';
import { ProblemException } from '../problems/problems.ts';
import { EventLog } from './event-log.ts';

/** The place in the record that a client goes on from, and of which life of the record it is. */
export interface ClientPlace {
  readonly after?: number | undefined;
  readonly generation?: string | undefined;
}

/**
 * The present generation of the record. Ids of events are given once in each: after a restore a place from before it is
 * of events that are gone, and others have their ids. A generation begins only while no station is open.
 */
@Injectable()
export class Generations {
  constructor(
    private readonly database: Database,
    private readonly events: EventLog,
  ) {}

  get current(): string {
    return this.database.generation.id;
  }

  /** @throws ProblemException 410 for a place that is not of this generation */
  async require(place: ClientPlace): Promise<void> {
    const refusal = await this.refusal(place);
    if (refusal !== null) throw refusal;
  }

  /** The reason why a client cannot go on from its place; null when it can. The beginning is in every generation. */
  async refusal({ after, generation }: ClientPlace): Promise<ProblemException | null> {
    const { id: current, number } = this.database.generation;
    if (generation !== undefined && generation !== current)
      return new ProblemException('generation-changed', { generation, current });
    if (after === undefined || after === 0) return null;
    if (generation === undefined && number > 1)
      return new ProblemException('generation-changed:unnamed', { event: after, current });
    if (after <= (await this.events.lastId())) return null;
    return new ProblemException('generation-changed:ahead', { event: after, current });
  }
}
