import { message } from '../words/message.ts';
import type { BenchSight } from './bench-sight.ts';
import type { Says } from './says.ts';

/** The first slot that is kept for a board of this person and is empty. */
export function place({ places, scans }: BenchSight): Says | null {
  for (const { slot, serial } of scans?.reservations ?? []) {
    const empty = places.some(({ slot: { name, state } }) => name === slot && state === 'empty');
    if (!empty) continue;
    const headline =
      serial === null ? message('stripPlaceBoard', { slot }) : message('stripPlace', { serial, slot });
    return { headline, detail: message('stripStartsAlone'), colour: 'blue' };
  }
  return null;
}
