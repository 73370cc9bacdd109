import { scans } from '../testing/scans.ts';
import { wordsIn } from '../words/worded.ts';
import { choiceOf } from './choice-of.ts';

const said = (over: Parameters<typeof scans>[0]) => choiceOf(scans(over)).map(wordsIn('en'));

test('what was chosen is said in the order of an operator’s work', () => {
  const chosen = { serialRule: 'SN-######', slot: '3', lot: 'B1', again: 'again by scan' };
  expect(said(chosen)).toEqual([
    'WO-1: 3 of 10',
    'SN-######',
    'next board in slot 3',
    'lot B1',
    'test again',
  ]);
  expect(said({ order: null, recipe: 'blinky r3' })).toEqual(['recipe blinky r3']);
});

test('it is said too that nothing is chosen', () => {
  expect(said({ order: null })).toEqual(['nothing is chosen']);
});
