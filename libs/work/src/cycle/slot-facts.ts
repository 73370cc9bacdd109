/**
 * The slots of a bench as a scan sees them.
 * free: a probe and no board; fresh: a board that has not run since it was put in; done: a board that has;
 * busy: a run or an identification is at work; out: disabled, without a probe, without power or set aside.
 */
export interface SlotFacts {
  readonly name: string;
  readonly use: 'free' | 'fresh' | 'done' | 'busy' | 'out';
  /** Why it is out, in a few words. */
  readonly why: string | null;
  /** The serial of the board in it, as its run knew it. */
  readonly serial: string | null;
  /** The serial that it is reserved for; empty for a board without one. Null: it is not. */
  readonly reservedFor: string | null;
}

/** A list of slots for a sentence: "slot 3", "slots 1, 2 and 5". */
export function slotsInWords(names: readonly string[]): string {
  const last = names.at(-1)!;
  return names.length === 1 ? `slot ${last}` : `slots ${names.slice(0, -1).join(', ')} and ${last}`;
}

/** Why no board can be put into a slot or run there now; null: it can. */
export function barOf({ name, use, why, reservedFor, serial }: SlotFacts): string | null {
  if (use === 'out') return `Slot ${name} takes no board: ${why ?? 'it is out of use'}. Use another slot.`;
  if (reservedFor !== null)
    return `Slot ${name} is reserved for ${reservedFor === '' ? 'the board in it' : reservedFor}. Use another slot, or wait.`;
  if (use === 'busy')
    return `Slot ${name} is at work${serial === null ? '' : ` on ${serial}`}. Wait until it is done, or use another slot.`;
  return null;
}
