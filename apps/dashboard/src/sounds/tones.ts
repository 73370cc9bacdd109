/** What the bench is heard to say. */
export type Sound = 'pass' | 'fail' | 'station' | 'wrong-code' | 'place';

/** Seconds from the beginning, and how long. */
export interface Tone {
  readonly hertz: number;
  readonly at: number;
  readonly seconds: number;
}

/** Each is known by number, height and length of its tones, so that it is told apart next to a machine. */
export const TONES: Readonly<Record<Sound, readonly Tone[]>> = {
  pass: [{ hertz: 1320, at: 0, seconds: 0.12 }],
  fail: [
    { hertz: 220, at: 0, seconds: 0.22 },
    { hertz: 165, at: 0.3, seconds: 0.3 },
  ],
  station: [0, 0.22, 0.44].map((at) => ({ hertz: 660, at, seconds: 0.14 })),
  'wrong-code': [{ hertz: 180, at: 0, seconds: 0.8 }],
  place: [{ hertz: 2000, at: 0, seconds: 0.02 }],
};
