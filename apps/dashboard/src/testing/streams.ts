import type { Stroke } from '../scan/strokes.ts';

/** How keys of a stream come: ms from one to the next, when the first comes, and how long each is down. */
export interface Pace {
  readonly every?: number | readonly number[];
  readonly from?: number;
  /** ms; null: the stream has no releases. */
  readonly down?: number | null;
  readonly where?: Stroke['where'];
}

/** Signs for keys that are no characters. */
const SIGNS: Readonly<Record<string, Partial<Stroke>>> = {
  '⏎': { key: 'Enter' },
  '⇥': { key: 'Tab' },
  '␊': { key: 'j', ctrl: true },
  '␝': { key: ']', ctrl: true },
  '◌': { key: 'Dead' },
  '▶': { key: 'F9' },
  '⎋': { key: 'Escape' },
};

/** A recorded stream: `SN-1⏎` is the keys of a code and Enter. */
export function keys(
  text: string,
  { every = 8, from = 1000, down = 4, where = 'page' }: Pace = {},
): Stroke[] {
  let at = from;
  return [...text].flatMap((sign, index) => {
    if (index > 0) at += typeof every === 'number' ? every : every[(index - 1) % every.length]!;
    const stroke = { key: sign, where, ...SIGNS[sign] };
    const pressed: Stroke = { ...stroke, type: 'down', at };
    return down === null ? [pressed] : [pressed, { ...stroke, type: 'up' as const, at: at + down }];
  });
}

/** Streams as one keyboard has them: in the order of their times. */
export const together = (...streams: readonly Stroke[][]): Stroke[] =>
  streams.flat().sort((left, right) => left.at - right.at);
