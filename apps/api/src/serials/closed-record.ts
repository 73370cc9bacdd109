import { openGeneration } from '@boardwalk/records';
import { callerNow } from '../events/caller.ts';
import type { Database } from '../persistence/database.ts';
import type { StationNotes } from '../status/station-notes.ts';

const NOTE = 'serials-closed';

/** Serials that a restore closed, because nobody knows which were given since the backup. */
export class ClosedRecord {
  constructor(
    private readonly database: Database,
    private readonly notes: StationNotes,
  ) {
    if (!database.generation.closed) return;
    notes.set(
      NOTE,
      'Serial ranges are closed: the record was restored, and what was given since the backup is not known. An admin opens them with POST /api/v1/station/serials/open, or: boardwalk record open',
    );
  }

  /** @throws RecordsError where they are open */
  async open(reason?: string): Promise<void> {
    const { actor, role, reason: said } = callerNow();
    const author = { actor, role, reason: reason ?? said };
    await this.database.aside((file) => openGeneration(file, author));
    this.notes.set(NOTE, null);
  }
}
