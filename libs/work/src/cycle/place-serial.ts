import type { Environment } from '@boardwalk/contracts';
import { barOf, slotsInWords, type SlotFacts } from './slot-facts.ts';

/** The serial that was scanned, and what was chosen for it. */
export interface SerialToPlace {
  readonly serial: string;
  /** The slot that was scanned before it. */
  readonly slot: string | null;
  /** It is tested again on purpose. */
  readonly again: boolean;
  /** `board`: one board at a time; `slots`: a loaded panel whose codes are scanned in the order of its slots. */
  readonly order: Environment['BOARDWALK_SCAN_ORDER'];
}

/** Where the board with a serial is run. */
export type SerialPlaced =
  /** It is in the slot already, and runs at once. */
  | { readonly kind: 'starts'; readonly slot: string }
  /** The slot is kept until the board is put in; first the one in there has to come out. */
  | { readonly kind: 'reserve'; readonly slot: string; readonly takeOut: boolean }
  /** Several boards could be the one: a person says which. */
  | { readonly kind: 'ask'; readonly slots: readonly string[] }
  | { readonly kind: 'refuse'; readonly message: string };

/**
 * Chooses the slot of a scanned serial.
 *
 * A slot that was scanned is the one, if it can take the board. Otherwise a board in a socket is taken only where no
 * other could be meant: exactly one enabled slot has a board that has not run since it was put in; of a loaded panel,
 * the first of them. With several the slot is asked for. With none the first slot without a board is kept for it, or
 * else the first whose board is done, which has to come out first. A board that is done runs where it is only on
 * *again*, and only under the serial it ran under, or where it ran without one and its slot was scanned.
 *
 * @param slots in the order of the fixture
 */
export function placeSerial(slots: readonly SlotFacts[], wanted: SerialToPlace): SerialPlaced {
  const { serial, slot, again, order } = wanted;
  if (slot !== null)
    return placeIn(
      slots.find(({ name }) => name === slot),
      wanted,
    );
  const usable = slots.filter((each) => barOf(each) === null);
  const here = usable.find((each) => each.use === 'done' && each.serial === serial);
  if (here && again) return { kind: 'starts', slot: here.name };
  const fresh = usable.filter(({ use }) => use === 'fresh');
  const [first] = fresh;
  if (first && (fresh.length === 1 || order === 'slots')) return { kind: 'starts', slot: first.name };
  if (first) return { kind: 'ask', slots: fresh.map(({ name }) => name) };
  const free = here ?? usable.find(({ use }) => use === 'free') ?? usable.find(({ use }) => use === 'done');
  if (free) return { kind: 'reserve', slot: free.name, takeOut: free.use === 'done' };
  return { kind: 'refuse', message: noSlot(slots) };
}

function placeIn(slot: SlotFacts | undefined, { serial, slot: name, again }: SerialToPlace): SerialPlaced {
  if (!slot)
    return { kind: 'refuse', message: `There is no slot ${name}. Scan the code of a slot of this bench.` };
  const bar = barOf(slot);
  if (bar !== null) return { kind: 'refuse', message: bar };
  const same = slot.serial === null || slot.serial === serial;
  const inPlace = slot.use === 'fresh' || (slot.use === 'done' && again && same);
  if (inPlace) return { kind: 'starts', slot: slot.name };
  return { kind: 'reserve', slot: slot.name, takeOut: slot.use === 'done' };
}

function noSlot(slots: readonly SlotFacts[]): string {
  const named = (test: (slot: SlotFacts) => boolean, word: string): string[] => {
    const names = slots.filter(test).map(({ name }) => name);
    return names.length === 0 ? [] : [`${slotsInWords(names)} ${word}`];
  };
  const parts = [
    ...named(({ use, reservedFor }) => use !== 'out' && reservedFor !== null, 'reserved'),
    ...named(({ use, reservedFor }) => use === 'busy' && reservedFor === null, 'at work'),
    ...named(({ use }) => use === 'out', 'out of use'),
  ];
  return parts.length === 0
    ? 'This bench has no slot. Plug in a probe.'
    : `No slot is free: ${parts.join(', ')}. Wait for a slot, and scan the board again.`;
}
