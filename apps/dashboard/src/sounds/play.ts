import { TONES, type Sound } from './tones.ts';

const LOUDNESS = 0.25;
/** Seconds in which a tone begins and ends, so that it does not crack. */
const EDGE = 0.01;

let context: AudioContext | null = null;

/** Plays a sound by oscillators. A browser that has heard no key or click yet stays silent. */
export function play(sound: Sound): void {
  context ??= new AudioContext();
  void context.resume();
  for (const { hertz, at, seconds } of TONES[sound]) {
    const begin = context.currentTime + at;
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(LOUDNESS, begin + EDGE);
    gain.gain.setValueAtTime(LOUDNESS, begin + seconds - EDGE);
    gain.gain.linearRampToValueAtTime(0, begin + seconds);
    const oscillator = new OscillatorNode(context, { frequency: hertz });
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(begin);
    oscillator.stop(begin + seconds);
  }
}
