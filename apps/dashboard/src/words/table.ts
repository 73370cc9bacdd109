import { ANSWER_WORDS } from './answer-words.ts';
import { CHOICE_WORDS } from './choice-words.ts';
import { FACT_WORDS } from './fact-words.ts';
import { INSTRUCTION_WORDS } from './instruction-words.ts';
import { PAGE_WORDS } from './page-words.ts';
import type { WordRows } from './rows.ts';
import { STRIP_WORDS } from './strip-words.ts';
import { TILE_WORDS } from './tile-words.ts';
import { UNTIL_WORDS } from './until-words.ts';

/** A text that is no word of the page: a serial, a name, a sentence of the station. It is never translated. */
const AS_IT_IS = {
  asIs: { en: '{text}', de: '{text}', zh: '{text}', es: '{text}' },
} as const satisfies WordRows;

/** Every key of the bench with its words. */
export const WORDS = {
  ...AS_IT_IS,
  ...TILE_WORDS,
  ...INSTRUCTION_WORDS,
  ...UNTIL_WORDS,
  ...STRIP_WORDS,
  ...CHOICE_WORDS,
  ...ANSWER_WORDS,
  ...PAGE_WORDS,
  ...FACT_WORDS,
};
