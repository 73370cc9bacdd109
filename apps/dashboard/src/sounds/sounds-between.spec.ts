import type { Slot } from '@boardwalk/contracts';
import type { BenchSight } from '../strip/bench-sight.ts';
import { kept, scans } from '../testing/scans.ts';
import { board, done, run, slot } from '../testing/slots.ts';
import { tileOf } from '../tiles/tile-of.ts';
import { asIs } from '../words/message.ts';
import { soundBetween } from './sounds-between.ts';
import { TONES } from './tones.ts';

const bench = (slots: readonly Slot[], over: Partial<BenchSight> = {}): BenchSight => ({
  link: { live: true },
  wrong: null,
  places: slots.map((each) => ({ slot: each, tile: tileOf(each, { live: true, role: 'operator' }) })),
  scans: scans(),
  operator: true,
  ...over,
});
const running = slot({ state: 'running', board: board(), run: run() });
const wrong = { code: 'X', message: asIs('no') };

test.each([
  ['a run that passes', done({ outcome: 'PASS' }), 'pass'],
  ['a run whose board fails', done({ outcome: 'FAIL' }), 'fail'],
  ['a run that the station fails', done({ outcome: 'ERROR', reason: 'no-power' }), 'station'],
  ['a board that is held', done({ outcome: 'ABORTED', reason: 'record-held' }), 'station'],
  ['a slot that is identified', slot({ state: 'ready', board: board() }), null],
] as const)('%s is heard as %s', (_what, after, sound) => {
  expect(soundBetween(bench([running]), bench([after]))).toBe(sound);
});

test('a result that was there before is silent', () => {
  const shown = bench([done({ outcome: 'FAIL' })]);
  expect(soundBetween(shown, shown)).toBeNull();
  expect(soundBetween(bench([]), shown)).toBeNull();
});

test('what a page sees when it is live again did not happen now', () => {
  const lost = bench([running], { link: { live: false, since: null } });
  expect(soundBetween(lost, bench([done({ outcome: 'FAIL' })]))).toBeNull();
});

test('a wrong code is heard once, before all else', () => {
  const after = bench([done({ outcome: 'PASS' })], { wrong });
  expect(soundBetween(bench([running]), after)).toBe('wrong-code');
  expect(soundBetween(after, after)).toBeNull();
});

test('a slot that is kept for a board is heard as a click, not when the page opens', () => {
  const after = bench([slot()], { scans: scans({ reservations: [kept('1')] }) });
  expect(soundBetween(bench([slot()]), after)).toBe('place');
  expect(soundBetween(bench([slot()], { scans: null }), after)).toBeNull();
});

test('of two ends at once the one that wants hands is heard', () => {
  const [one, two] = [{ ...running }, { ...running, name: '2' }];
  const after = bench([done({ outcome: 'PASS' }), { ...done({ outcome: 'FAIL' }), name: '2' }]);
  expect(soundBetween(bench([one, two]), after)).toBe('fail');
});

test('no two sounds have the same number of tones, height and length', () => {
  const kinds = Object.values(TONES).map((tones) =>
    [tones.length, tones[0]!.hertz < 500, tones[0]!.seconds > 0.5, tones[0]!.seconds < 0.05].join(),
  );
  expect(new Set(kinds).size).toBe(kinds.length);
});
