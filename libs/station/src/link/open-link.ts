import type { Transport } from '@boardwalk/contracts';
import type { FoundProbe } from '@boardwalk/probe';
import type { BoardLink } from './board-link.ts';
import { SwdLink } from './swd-link.ts';

/** Every transport, and how its adapter is opened. The compiler misses none. */
const OPEN: Readonly<Record<Transport, (found: FoundProbe) => Promise<BoardLink>>> = {
  swd: (found) => SwdLink.open(found),
};

/** Opens the way to the board in a slot. @throws ProbeError when the adapter cannot be opened */
export function openLink(transport: Transport, found: FoundProbe): Promise<BoardLink> {
  return OPEN[transport](found);
}
