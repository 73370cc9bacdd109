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
    const detail = await this.refusal(place);
    if (detail !== null) throw new ProblemException('generation-changed', detail);
  }

  /** Why a client cannot go on from its place; null when it can. The beginning is in every generation. */
  async refusal({ after, generation }: ClientPlace): Promise<string | null> {
    const { id, number } = this.database.generation;
    const begin = `Begin again: read what you show, then the events after its place, with generation ${id}.`;
    if (generation !== undefined && generation !== id)
      return `Generation ${generation} of the record has ended: the record was restored. ${begin}`;
    if (after === undefined || after === 0) return null;
    if (generation === undefined && number > 1)
      return `Event ${after} may be of an earlier generation: the record was restored. ${begin}`;
    if (after <= (await this.events.lastId())) return null;
    return `There is no event ${after} in this record yet. ${begin}`;
  }
}
