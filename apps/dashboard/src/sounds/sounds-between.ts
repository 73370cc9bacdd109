import type { BenchSight } from '../strip/bench-sight.ts';
import type { TileState } from '../tiles/looks.ts';
import type { Sound } from './tones.ts';

type Heard = Pick<BenchSight, 'link' | 'wrong' | 'places' | 'scans'>;

/** State that a slot comes to → its sound. */
const OF_STATE: Readonly<Partial<Record<TileState, Sound>>> = {
  pass: 'pass',
  'pass-differs': 'pass',
  fail: 'fail',
  held: 'station',
  station: 'station',
  unknown: 'station',
};
/** One change has one sound: the most urgent. */
const URGENCY: readonly Sound[] = ['wrong-code', 'fail', 'station', 'pass', 'place'];

/** The sound of a change of the bench; null: nothing happened that a person must hear. */
export function soundBetween(before: Heard, after: Heard): Sound | null {
  const heard = new Set<Sound | undefined>();
  if (after.wrong !== null && after.wrong !== before.wrong) heard.add('wrong-code');
  // What a page that was not live sees anew did not happen now.
  if (before.link.live && after.link.live) {
    const states = new Map(before.places.map(({ tile }) => [tile.slot, tile.state]));
    for (const { tile } of after.places)
      if (states.get(tile.slot) === 'running' && tile.state !== 'running') heard.add(OF_STATE[tile.state]);
    if (before.scans !== null && isKeptAnew(before.scans, after.scans)) heard.add('place');
  }
  return URGENCY.find((sound) => heard.has(sound)) ?? null;
}

function isKeptAnew(before: NonNullable<Heard['scans']>, after: Heard['scans']): boolean {
  const known = new Set(before.reservations.map(({ jobId }) => jobId));
  return (after?.reservations ?? []).some(({ jobId }) => !known.has(jobId));
}
