import { ERASABLE_TYPES, RETENTION_TYPE, retentionCutoff } from '@boardwalk/records';
import { EventLog } from '../events/event-log.ts';
import { Database } from '../persistence/database.ts';

/**
 * Erases the data of old bulk events (libs/records says which) and writes into the chain that it did: the rows,
 * their times, subjects and digests stay, so the chain still verifies.
 */
export class Retention {
  constructor(
    private readonly database: Database,
    private readonly events: EventLog,
    private readonly keepDays: number,
  ) {}

  /** How many rows lost their data. */
  async apply(now: Date): Promise<number> {
    const before = retentionCutoff(now, this.keepDays);
    return this.database.commit(async (transaction) => {
      const where = { type: { in: [...ERASABLE_TYPES] }, at: { lt: before }, data: { not: null } };
      const { _min, _max, _count } = await transaction.event.aggregate({
        where,
        _min: { id: true },
        _max: { id: true },
        _count: { id: true },
      });
      if (_count.id === 0) return 0;
      await transaction.event.updateMany({ where, data: { data: null } });
      const { keepDays } = this;
      const erased = { firstId: _min.id, lastId: _max.id, count: _count.id, before, keepDays };
      await this.events.change(transaction, RETENTION_TYPE, { types: ERASABLE_TYPES, ...erased });
      return _count.id;
    });
  }
}
