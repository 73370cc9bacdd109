import type { TileColour, TileFrame } from '../../src/tiles/looks.ts';

/** Colours of tiles and of the strip, each with a text that reads at 4.5:1 or more in both schemes. */
export const COLOURS: Readonly<Record<TileColour, string>> = {
  slate: 'bg-slate-600 text-white',
  blue: 'bg-blue-700 text-white',
  white: 'bg-white text-slate-900',
  dark: 'bg-slate-900 text-white dark:bg-slate-800',
  green: 'bg-green-800 text-white',
  red: 'bg-red-700 text-white',
  yellow: 'bg-yellow-300 text-black',
  grey: 'bg-neutral-600 text-white',
  none: 'bg-transparent text-slate-900 dark:text-slate-100',
};

export const FRAMES: Readonly<Record<TileFrame, string>> = {
  none: '',
  white: 'inset-ring-8 inset-ring-white',
  yellow: 'inset-ring-8 inset-ring-yellow-300',
  black: 'inset-ring-8 inset-ring-black',
  hatched: 'hatched',
  outline: 'border-4 border-dashed border-slate-600 dark:border-slate-400',
};
