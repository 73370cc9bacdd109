import { message } from './message.ts';
import { LANGUAGES } from './rows.ts';
import { wordsIn } from './worded.ts';

test('a message is worded in each language', () => {
  expect(LANGUAGES.map((language) => wordsIn(language)(message('tileFail')))).toEqual([
    'FAIL',
    'FEHLER',
    '失败',
    'FALLA',
  ]);
});

test('numbers have the separator of the language, names stay as they are', () => {
  const low = message('lineVoltage', { volts: 1.2 });
  expect(LANGUAGES.map((language) => wordsIn(language)(low).split(' ')[0])).toEqual([
    '1.2',
    '1,2',
    '1.2',
    '1,2',
  ]);
  expect(wordsIn('de')(message('lineTakeOut', { serial: 'SN-1.2' }))).toBe('herausnehmen, dann SN-1.2');
});

test('a time is of the plant’s zone, with 24 hours', () => {
  const at = new Date('2026-11-27T23:05:09Z');
  const text = message('asIs', { text: 'x' });
  const timed = { ...text, values: { text: at } };
  expect(wordsIn('en', 'Europe/Berlin')(timed)).toBe('00:05:09');
  expect(wordsIn('en', 'UTC')(timed)).toBe('23:05:09');
});

test('the text of an argument is never read as a pattern', () => {
  expect(wordsIn('en')(message('asIs', { text: '{text} $& {serial}' }))).toBe('{text} $& {serial}');
});
