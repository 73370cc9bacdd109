import type { ScanState, Slot } from '@boardwalk/contracts';
import type { Message } from '../words/message.ts';
import type { Tile } from '../tiles/tile-of.ts';

/** A code that meant nothing, or that the station refused. */
export interface WrongCode {
  /** Null where the code must not be shown: it could be a badge. */
  readonly code: string | null;
  /** One sentence of the station: what was wrong, and what was expected. */
  readonly message: Message;
}

/** Whether the page hears of every event, and since when it does not. */
export type Live = { readonly live: true } | { readonly live: false; readonly since: Date | null };

/** A slot and its tile. */
export interface Place {
  readonly slot: Slot;
  readonly tile: Tile;
}

/** All that the strip knows of the bench. */
export interface BenchSight {
  readonly link: Live;
  readonly wrong: WrongCode | null;
  readonly places: readonly Place[];
  /** Choices of the person at the page; null: not read yet, or this person does not scan. */
  readonly scans: ScanState | null;
  /** Whether a person works at the page who may scan boards. */
  readonly operator: boolean;
}
