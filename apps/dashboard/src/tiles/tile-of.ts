import type { Slot } from '@boardwalk/contracts';
import { message, type Message } from '../words/message.ts';
import { endedIn } from './ended.ts';
import { TILE_LOOKS, type TileState } from './looks.ts';
import { SECOND_LINES } from './second-line.ts';
import { stateOf } from './state-of.ts';

/** Who looks, and whether what is shown is of now. */
export interface Sight {
  readonly live: boolean;
  readonly role: string;
}

/** A slot as the bench shows it, in no language yet. */
export interface Tile {
  readonly slot: string;
  readonly state: TileState;
  /** Null: it is hidden. */
  readonly word: Message | null;
  /** Of the board that the tile is about. */
  readonly serial: string | null;
  readonly line: Message | null;
  /** Of the run at work, from 0 to 1. */
  readonly fraction: number | null;
}

export function tileOf(slot: Slot, { live, role }: Sight): Tile {
  const state = stateOf(slot, live);
  const running = state === 'running' ? slot.run : null;
  return {
    slot: slot.name,
    state,
    word: wordOf(state, slot),
    serial: live ? serialOf(state, slot) : null,
    line: SECOND_LINES[state](slot, role),
    fraction: running?.fraction ?? null,
  };
}

function wordOf(state: TileState, { run }: Slot): Message | null {
  const { word } = TILE_LOOKS[state];
  if (word !== null) return message(word);
  if (state !== 'running') return null;
  // An identification is no run: nobody knows how far it is.
  return run ? message('tilePercent', { percent: Math.round(run.fraction * 100) }) : message('tileBusy');
}

function serialOf(state: TileState, slot: Slot): string | null {
  if (state === 'place') return slot.reserved?.serial ?? null;
  const ended = endedIn(slot);
  return ended ? ended.serial : (slot.board?.serial ?? null);
}
