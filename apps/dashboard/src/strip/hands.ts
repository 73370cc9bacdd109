import type { TileState } from '../tiles/looks.ts';
import { message } from '../words/message.ts';
import type { BenchSight, Place } from './bench-sight.ts';
import type { Says } from './says.ts';

type Hands = (place: Place) => Says | null;

const about =
  (states: readonly TileState[], key: 'stripFail' | 'stripStation', colour: Says['colour']): Hands =>
  ({ slot, tile }) =>
    // After the board left, its tile still shows the result; nothing is left to be done with hands.
    slot.board !== null && states.includes(tile.state)
      ? { headline: message(key, { slot: slot.name }), detail: tile.line, colour }
      : null;

const outFirst: Hands = ({ slot }) =>
  slot.state === 'done' && slot.reserved !== null
    ? {
        headline: message('stripOutFirst', { slot: slot.name }),
        detail: message('stripThenPlace', { serial: slot.reserved.serial }),
        colour: 'blue',
      }
    : null;

/** Why a slot wants hands, the most urgent first. */
const WANTS: readonly Hands[] = [
  about(['fail'], 'stripFail', 'red'),
  about(['station', 'unknown'], 'stripStation', 'yellow'),
  outFirst,
];

/** The first slot of the fixture that wants hands, for the most urgent reason that any slot has. */
export function hands({ places }: BenchSight): Says | null {
  for (const want of WANTS)
    for (const place of places) {
      const says = want(place);
      if (says) return says;
    }
  return null;
}
