import { done, slot } from '../testing/slots.ts';
import { wordsIn } from '../words/worded.ts';
import { fullName } from './full-name.ts';
import { tileOf } from './tile-of.ts';

const failed = done({ outcome: 'FAIL', reason: 'write-protected' }, { name: '4' });
const sight = { live: true, role: 'operator' };

test('the name of a tile has its slot, word, serial and instruction, in the language of the page', () => {
  const tile = tileOf(failed, sight);
  expect(fullName(tile, wordsIn('en'))).toBe('Slot 4, FAIL, SN-1, → red box');
  expect(fullName(tile, wordsIn('de'))).toBe('Platz 4, FEHLER, SN-1, → rote Kiste');
  expect(fullName(tileOf(slot(), sight), wordsIn('es'))).toBe('Puesto 1, LIBRE');
});

test('a tile of a page that is not live says so instead of its last word', () => {
  expect(fullName(tileOf(failed, { ...sight, live: false }), wordsIn('en'))).toBe('Slot 4, NOT LIVE');
});
