import type { PlainKey } from '../words/message.ts';

/** The states that a tile of the bench can be in. */
export type TileState =
  | 'free'
  | 'place'
  | 'ready'
  | 'running'
  | 'pass'
  | 'pass-differs'
  | 'fail'
  | 'station'
  | 'unknown'
  | 'held'
  | 'locked'
  | 'no-probe'
  | 'low-voltage'
  | 'not-open'
  | 'stale';

export type TileColour = 'slate' | 'blue' | 'white' | 'dark' | 'green' | 'red' | 'yellow' | 'grey' | 'none';
export type TileFrame = 'none' | 'white' | 'yellow' | 'black' | 'hatched' | 'outline';

/** The look of a state: colour, frame and shape, each of which tells more than the one before; and its word. */
export interface TileLook {
  readonly colour: TileColour;
  readonly frame: TileFrame;
  readonly shape: string;
  /** Null: the word is of the run at work, or hidden. */
  readonly word: PlainKey | null;
  /** When the state ends; null: it is the state of rest. */
  readonly until: PlainKey | null;
}

/** Meaning of colours: red act now, yellow abnormal, green normal, blue an operator must act (IEC 60073). */
export const TILE_LOOKS: Readonly<Record<TileState, TileLook>> = {
  free: { colour: 'slate', frame: 'none', shape: '○', word: 'tileFree', until: null },
  place: { colour: 'blue', frame: 'none', shape: '▼', word: 'tilePlace', until: 'untilBoardIn' },
  ready: { colour: 'white', frame: 'none', shape: '●', word: 'tileReady', until: 'untilScanned' },
  running: { colour: 'dark', frame: 'none', shape: '◐', word: null, until: 'untilEnd' },
  pass: { colour: 'green', frame: 'none', shape: '✔', word: 'tilePass', until: 'untilOutAndNext' },
  'pass-differs': {
    ...{ colour: 'green', frame: 'yellow', shape: '✔⚠', word: 'tilePass' },
    until: 'untilOutAndNext',
  },
  fail: { colour: 'red', frame: 'white', shape: '✘', word: 'tileFail', until: 'untilOutAndNext' },
  station: { colour: 'yellow', frame: 'none', shape: '▲', word: 'tileStation', until: 'untilScanned' },
  unknown: { colour: 'yellow', frame: 'hatched', shape: '?', word: 'tileRescan', until: 'untilScanned' },
  held: { colour: 'yellow', frame: 'black', shape: '▮▮', word: 'tileHeld', until: 'untilDecided' },
  locked: { colour: 'grey', frame: 'none', shape: '■', word: 'tileLocked', until: 'untilRecovered' },
  'no-probe': { colour: 'none', frame: 'outline', shape: '⌁', word: 'tileNoProbe', until: 'untilPlugged' },
  'low-voltage': { colour: 'yellow', frame: 'none', shape: '⚡', word: 'tileNoPower', until: 'untilPower' },
  'not-open': { colour: 'yellow', frame: 'outline', shape: '◇', word: 'tileNotOpen', until: 'untilOpened' },
  stale: { colour: 'grey', frame: 'none', shape: '–', word: null, until: 'untilLive' },
};
