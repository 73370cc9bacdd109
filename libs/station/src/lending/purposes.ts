import type { SlotState } from '@boardwalk/contracts';

/** The purposes for which the link of a slot is borrowed. */
export type Purpose = 'run' | 'identify' | 'look';

interface PurposeTraits {
  /** For sentences: "Slot 1 is busy with …". */
  readonly label: string;
  /** The state that the slot shows meanwhile; null: the one that it has. */
  readonly shows: SlotState | null;
  /** Purposes whose end it waits for. Any other that has the slot refuses it. */
  readonly waitsFor: readonly Purpose[];
}

/** Every purpose. The compiler misses none. */
export const PURPOSES: Readonly<Record<Purpose, PurposeTraits>> = {
  run: { label: 'a run', shows: 'running', waitsFor: ['look'] },
  identify: { label: 'an identification', shows: 'running', waitsFor: ['look'] },
  // A board that nobody works with is looked at all the time: the page would flicker.
  look: { label: 'a look at its board', shows: null, waitsFor: ['look'] },
};
