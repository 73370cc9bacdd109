import type { TileColour } from '../tiles/looks.ts';
import type { Message } from '../words/message.ts';

/** The one thing that the strip says, in no language yet. */
export interface Says {
  readonly headline: Message;
  /** What to do about it, or what happens next. */
  readonly detail: Message | null;
  readonly colour: TileColour;
}
