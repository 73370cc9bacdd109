import type { StationStatus } from '@boardwalk/contracts';
import type { StationIdentity } from './station-identity.ts';

/** What the station says of itself. */
export class StationState {
  constructor(private readonly identity: StationIdentity) {}

  status(): StationStatus {
    return { ...this.identity, ready: true, problems: [] };
  }
}
