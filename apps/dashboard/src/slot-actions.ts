import type { Slot } from '@boardwalk/contracts';

/** Something that can be done with a slot: `POST /slots/:name/VERB`. */
export interface SlotAction {
  readonly verb: 'identify' | 'recover' | 'enable' | 'disable';
  readonly name: string;
  /** What is said once it was done. */
  readonly done: string;
  readonly permission: string;
  readonly applies: (slot: Slot) => boolean;
}

const ACTIONS: readonly SlotAction[] = [
  {
    ...{ verb: 'identify', name: 'Identify the board', done: 'The board was identified.' },
    permission: 'use-slots',
    applies: ({ state, board }) => board !== null && (state === 'ready' || state === 'done'),
  },
  {
    ...{ verb: 'recover', name: 'Recover the probe', done: 'The probe is in use again.' },
    permission: 'use-slots',
    applies: ({ state }) => state === 'quarantined',
  },
  {
    ...{ verb: 'enable', name: 'Enable the slot', done: 'The slot takes work again.' },
    permission: 'set-slots',
    applies: ({ enabled }) => !enabled,
  },
  {
    ...{ verb: 'disable', name: 'Disable the slot', done: 'No run starts in this slot.' },
    permission: 'set-slots',
    applies: ({ enabled }) => enabled,
  },
];

/** The actions that a person may do with the slot as it is now. */
export function slotActions(slot: Slot, may: (permission: string) => boolean): readonly SlotAction[] {
  return ACTIONS.filter(({ permission, applies }) => may(permission) && applies(slot));
}
