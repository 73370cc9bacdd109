import { LANGUAGES, type WordRow } from './rows.ts';
import { WORDS } from './table.ts';
import { TILE_WORDS } from './tile-words.ts';

const rows: readonly (readonly [string, WordRow])[] = Object.entries(WORDS);
const namesIn = (pattern: string): string[] =>
  [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();

test.each(rows)('%s has words in every language, with the same arguments in each', (_key, row) => {
  expect(Object.keys(row).sort()).toEqual([...LANGUAGES].sort());
  for (const language of LANGUAGES) {
    expect(row[language].trim()).toBe(row[language]);
    expect(row[language]).not.toBe('');
    expect(namesIn(row[language])).toEqual(namesIn(row.en));
    // A brace that is no argument would be one for a message library.
    expect(row[language].replace(/\{\w+\}/g, '')).not.toMatch(/[{}<>']/);
  }
});

/** Width of a word in em, in the widest of the fonts: capital letters 0.7, Chinese characters 1. */
const widthOf = (word: string): number =>
  [...word].reduce((sum, character) => sum + (character > '\u2e7f' ? 1 : character === ' ' ? 0.3 : 0.7), 0);

test.each(Object.entries(TILE_WORDS).filter(([key]) => key.startsWith('tile')))(
  '%s fits a tile in every language: its letters are 12 hundredths of the tile wide',
  (_key, row: WordRow) => {
    for (const language of LANGUAGES) expect(widthOf(row[language]) * 12).toBeLessThanOrEqual(94);
  },
);
