import type { StationStatus } from '@boardwalk/contracts';
import type { StationIdentity } from './station-identity.ts';
import type { StationNotes } from './station-notes.ts';
import type { StorageWatch } from './storage-watch.ts';

/** What the station says of itself. */
export class StationState {
  constructor(
    private readonly identity: StationIdentity,
    private readonly storage: StorageWatch,
    private readonly notes: StationNotes,
  ) {}

  status(): StationStatus {
    const problems = this.storage.problems.map(({ says, remedy }) => `${says} ${remedy}`);
    return { ...this.identity, ready: problems.length === 0, problems, notes: this.notes.all };
  }
}
