import { keys, together } from '../testing/streams.ts';
import { afterPause, afterStroke, IDLE, PAUSE_MS, type Caught } from './catcher.ts';
import type { Stroke } from './strokes.ts';

/** Plays a stream, and a pause after it. `passed`: the keys that the page got, as it would show or act on them. */
function played(strokes: readonly Stroke[]): { caught: readonly Caught[]; passed: string[] } {
  let catcher = IDLE;
  const caught: Caught[] = [];
  const passed: string[] = [];
  for (const stroke of strokes) {
    const after = afterStroke(catcher, stroke);
    catcher = after.catcher;
    caught.push(...after.caught);
    if (stroke.type === 'down' && !after.keep) passed.push(stroke.key);
  }
  caught.push(...afterPause(catcher, (strokes.at(-1)?.at ?? 0) + PAUSE_MS).caught);
  return { caught, passed };
}

/** `code:SN-1`, `mixed`, … in the order in which the page learns of them. */
const heard = (strokes: readonly Stroke[]): string[] =>
  played(strokes).caught.map((each) =>
    each.kind === 'code'
      ? `code:${each.code}`
      : each.kind === 'unended'
        ? `unended:${each.text}`
        : each.kind === 'alone'
          ? `alone:${each.key}`
          : each.kind,
  );

const FAST = { every: 8 };
const SLOW = { every: [95, 105, 100, 110] };
const PERSON = { every: [140, 95, 230, 110, 180] };
const field = { where: 'text' } as const;

test.each<[string, readonly Stroke[], readonly string[]]>([
  ['a fast scanner', keys('SN-000317⏎', FAST), ['code:SN-000317']],
  [
    'a scanner whose host was late with some keys',
    keys('SN-000317⏎', { every: [5, 5, 120, 5] }),
    ['code:SN-000317'],
  ],
  ['a slow scanner', keys('SN-000317⏎', SLOW), ['code:SN-000317']],
  ['a slow scanner that ends with TAB', keys('SN-000317⇥', SLOW), ['code:SN-000317']],
  ['a scanner that ends with TAB', keys('SN-000317⇥', FAST), ['code:SN-000317']],
  ['two codes that end with TAB', keys('SN-1⇥SN-2⇥', FAST), ['code:SN-1', 'code:SN-2']],
  ['a scanner that ends with LF', keys('SN-1␊', FAST), ['code:SN-1']],
  ['a scanner that ends with CR LF', keys('SN-1⏎␊', FAST), ['code:SN-1']],
  [
    'a code of GS1 with its GS',
    keys(']d20104012345678901␝21SN7⏎', FAST),
    ['code:]d20104012345678901\u001d21SN7'],
  ],
  [
    'a code of GS1 whose GS the scanner dropped',
    keys(']d2010401234567890121SN7⏎', FAST),
    ['code:]d2010401234567890121SN7'],
  ],
  ['a code that was scanned twice', keys('SN-1⏎SN-1⏎', FAST), ['code:SN-1', 'code:SN-1']],
  ['a scanner that doubles keys', keys('SSNN--11⏎⏎', FAST), ['code:SSNN--11']],
  ['a code in the reversed order', keys('1-NS⏎', FAST), ['code:1-NS']],
  ['a code in the wrong keyboard layout', keys('%BWßSLOTß8⏎', FAST), ['code:%BWßSLOTß8']],
  ['a key that the wrong layout made dead', keys('SN◌317⏎', FAST), ['code:SN\ufffd317']],
  ['a start key', keys('▶SN-1⏎', SLOW), ['code:SN-1']],
  ['a start character', keys('~SN-1⏎', SLOW), ['code:SN-1']],
  ['a code with a blank', keys('SN 1⏎', SLOW), ['code:SN 1']],
  ['JSON over several lines', keys('{"sn":⏎"}1"⏎}⏎', FAST), ['code:{"sn":\n"}1"\n}']],
  ['a number with its check digit, slow, with TAB', keys('4012345678901⇥', PERSON), ['code:4012345678901']],
  ['a scanner without a terminator', keys('SN-000317', FAST), ['unended:SN-000317']],
  [
    'a code, a pause, and its late terminator',
    [...keys('SN-1', FAST), ...keys('⏎', { from: 2000 })],
    ['unended:SN-1'],
  ],
  ['a scan during typing', keys('SN-000317⏎', { ...FAST, ...field }), ['give-back', 'code:SN-000317']],
  ['a scan with a start key during typing', keys('▶SN-000317⏎', { ...SLOW, ...field }), ['code:SN-000317']],
  [
    'a command of a slow scanner during typing',
    keys('%BW-MUTE⏎', { ...SLOW, ...field }),
    ['give-back', 'code:%BW-MUTE'],
  ],
  [
    'a scan without a terminator during typing',
    keys('SN-000317', { ...FAST, ...field }),
    ['give-back', 'unended:SN-000317'],
  ],
  ['a person who types in a field', keys('olga⏎', { ...PERSON, ...field }), []],
  ['a person who presses keys at once in a field', keys('the⏎', { every: [20, 30, 140], ...field }), []],
  ['a person who types no code outside a field', keys('abc', PERSON), []],
  ['a person who types outside a field and leaves with TAB', keys('abc⇥', PERSON), []],
  ['a person who presses one key', keys('i'), ['alone:i']],
  ['a person who leaves with Escape', keys('ab⎋', PERSON), []],
  [
    'a scanner that never releases a key in time',
    keys('SN-000317⏎', { every: 8, down: 12 }),
    ['code:SN-000317'],
  ],
  ['a stream without releases', keys('SN-000317⏎', { every: 8, down: null }), ['code:SN-000317']],
  [
    'two scanners at once',
    together(keys('SN-000317⏎', { every: 8 }), keys('SN-000318⏎', { every: 9, from: 1003 })),
    ['mixed'],
  ],
  [
    'two scanners, one after the other',
    together(keys('SN-000317⏎', FAST), keys('SN-000318⏎', { ...FAST, from: 1100 })),
    ['code:SN-000317', 'code:SN-000318'],
  ],
])('of %s the page hears its one right answer', (_title, strokes, hears) =>
  expect(heard(strokes)).toEqual(hears),
);

test('after two scanners at once the next code is read again', () => {
  const mixed = together(keys('SN-000317⏎', { every: 8 }), keys('SN-000318⏎', { every: 9, from: 1003 }));
  expect(heard([...mixed, ...keys('SN-000317⏎', { from: 2000 })])).toEqual(['mixed', 'code:SN-000317']);
});

test('Enter, TAB and blanks of a scanner reach no button, however slow it is', () => {
  for (const pace of [FAST, SLOW])
    for (const text of ['SN 000317⏎', 'SN 000317⇥', 'SN-1⏎␊'])
      expect(played(keys(text, pace)).passed.filter((key) => /^(?:Enter|Tab| |j)$/.test(key))).toEqual([]);
});

test.each(['⏎', '⇥', ' ', '⎋'])('a person’s own %s reaches what has the focus', (sign) => {
  expect(played(keys(sign)).passed).toHaveLength(1);
  expect(played([...keys('SN-1⏎'), ...keys(sign, { from: 1500 })]).passed.slice(1)).toHaveLength(1);
});

test('TAB after a person’s key reaches the navigation', () => {
  expect(played(keys('i⇥', PERSON)).passed).toEqual(['i', 'Tab']);
});

test('a field keeps what a person types, and gets none of a scanner’s keys after it gave them back', () => {
  expect(played(keys('olga⏎', { ...PERSON, ...field })).passed.join('')).toBe('olgaEnter');
  const { passed, caught } = played(keys('SN-000317⏎', { ...FAST, ...field }));
  expect(passed.join('')).toBe('SN-');
  expect(caught[0]).toEqual({ kind: 'give-back' });
});

test('a key that is held down is nobody’s code', () => {
  const held = keys('aaaaaa', { every: 33 }).map((stroke) => ({ ...stroke, repeat: true }));
  expect(heard([...held, ...keys('⏎', { from: 1500 })])).toEqual([]);
});

test('a GS that is typed with Alt and its number is part of the code', () => {
  const digits = keys('029', { from: 1032, every: 8 }).map((stroke) => ({ ...stroke, alt: true }));
  const up: Stroke = { type: 'up', key: 'Alt', at: 1060, where: 'page' };
  const stream = together(keys('21AB'), digits, [up], keys('10X⏎', { from: 1068 }));
  expect(heard(stream)).toEqual(['code:21AB\u001d10X']);
});

test.each([
  ['prefix', keys('%BW-MUTE⏎', FAST)],
  ['speed', keys('SN-1⏎', FAST)],
  ['check-digit', keys('4012345678901⏎', PERSON)],
  ['rhythm', keys('SN-1⏎', SLOW)],
  ['ended', keys('SN-1⏎', PERSON)],
])('the page is told that the reason for a code is %s', (by, strokes) => {
  expect(played(strokes).caught).toEqual([expect.objectContaining({ kind: 'code', by })]);
});
