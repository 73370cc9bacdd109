/** Which keys are down, and how often one went down while another was. */
export interface Held {
  readonly down: readonly string[];
  readonly overlaps: number;
}

export const NONE_HELD: Held = { down: [], overlaps: 0 };

export function pressed({ down, overlaps }: Held, key: string): Held {
  const others = down.filter((each) => each !== key);
  return { down: [...others, key], overlaps: overlaps + (others.length > 0 ? 1 : 0) };
}

export function released({ down, overlaps }: Held, key: string): Held {
  return { down: down.filter((each) => each.toLowerCase() !== key.toLowerCase()), overlaps };
}

/**
 * Whether two scanners typed at once: a browser hears both as one keyboard. One scanner releases each key before the
 * next, or never does in time; of two, the keys overlap now and then.
 */
export function isMixed({ overlaps }: Held, keys: number): boolean {
  return overlaps >= 2 && overlaps * 4 <= (keys - 1) * 3;
}
