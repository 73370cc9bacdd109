import { message, type Message } from '../words/message.ts';
import type { Worded } from '../words/worded.ts';
import type { Tile } from './tile-of.ts';

/** Everything that a tile shows, as one name of a button: "Slot 4, FAIL, SN-000314, → red box". */
export function fullName({ slot, word, serial, line }: Tile, worded: Worded): string {
  const parts: readonly (Message | null)[] = [message('nameOfSlot', { slot }), word, line];
  const [named, said, told] = parts.map((part) => part && worded(part));
  return [named, said ?? worded(message('stripNotLive')), serial, told].filter(Boolean).join(', ');
}
