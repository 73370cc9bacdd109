import type { Slot } from '@boardwalk/contracts';
import { board, done, last, slot } from '../testing/slots.ts';
import { kept, scans } from '../testing/scans.ts';
import { tileOf } from '../tiles/tile-of.ts';
import { asIs } from '../words/message.ts';
import { wordsIn } from '../words/worded.ts';
import type { BenchSight, Place } from './bench-sight.ts';
import { STRIP_STEPS, stripOf, type StripStep } from './strip-of.ts';

const places = (...slots: readonly Slot[]): Place[] =>
  slots.map((each) => ({ slot: each, tile: tileOf(each, { live: true, role: 'operator' }) }));
const bench = (over: Partial<BenchSight> = {}): BenchSight => ({
  ...{ link: { live: true }, wrong: null, places: [], scans: scans(), operator: true },
  ...over,
});
const english = wordsIn('en', 'UTC');
const says = (of: BenchSight): [string, string, string | null] | null => {
  const said = stripOf(of);
  return said && [said.step, english(said.headline), said.detail && english(said.detail)];
};

const complete = scans({ order: { id: 'WO-1', passed: 10, of: 10 } });
/** Each step, with the part of the bench that calls for it. The parts are independent of each other. */
const CALLS: readonly (readonly [StripStep, Partial<BenchSight>])[] = [
  ['not-live', { link: { live: false, since: new Date('2026-11-27T14:31:08Z') } }],
  ['wrong-code', { wrong: { code: 'X', message: asIs('There is no X.') } }],
  ['hands', { places: places(slot({ name: '7' }), done({ outcome: 'FAIL', reason: 'write-protected' })) }],
  ['place', { scans: scans({ reservations: [kept('7')] }) }],
  ['scan-board', { scans: scans() }],
  ['scan-order', { scans: scans({ order: null, expects: 'order' }) }],
  ['scan-badge', { operator: false }],
  ['complete', { scans: complete }],
];

test('the table of this file has every step, in the order of the strip', () => {
  expect(CALLS.map(([step]) => step)).toEqual(Object.keys(STRIP_STEPS));
});

/** Every pair of steps of which a bench can call for both: choices are one thing at a time. */
const PAIRS = CALLS.flatMap(([step, call], index) =>
  CALLS.slice(index + 1)
    .filter(([, later]) => !('scans' in call && 'scans' in later))
    .map(([later, other]) => [step, later, { ...other, ...call }] as const),
);

test.each(PAIRS)('%s wins over %s', (step, later, call) => {
  const free = { places: places(slot({ name: '7' })) };
  expect(stripOf(bench({ ...free, ...call }))?.step).toBe(step);
  const own = CALLS.find(([name]) => name === later)![1];
  expect(stripOf(bench({ ...free, scans: null, ...own }))?.step).toBe(later);
});

test('a board that is to be placed wins over the scan of the next one', () => {
  const both = { places: places(slot({ name: '7' })), scans: scans({ reservations: [kept('7')] }) };
  expect(says(bench(both))).toEqual(['place', 'PLACE SN-9 in slot 7', 'it starts by itself']);
});

test.each<[string, Partial<BenchSight>, ReturnType<typeof says>]>([
  [
    'a lost link',
    CALLS[0]![1],
    ['not-live', 'NOT LIVE since 14:31:08', 'what the tiles showed may be out of date'],
  ],
  [
    'a page that was never live',
    { link: { live: false, since: null } },
    ['not-live', 'NOT LIVE', 'what the tiles showed may be out of date'],
  ],
  ['a wrong code', CALLS[1]![1], ['wrong-code', 'WRONG CODE: X', 'There is no X.']],
  [
    'a code that could be a secret',
    { wrong: { code: null, message: asIs('Scan it again.') } },
    ['wrong-code', 'WRONG CODE', 'Scan it again.'],
  ],
  [
    'a board without a serial',
    { scans: scans({ reservations: [kept('7', null)] }) },
    ['place', 'PLACE the board in slot 7', 'it starts by itself'],
  ],
  [
    'a board whose slot is asked for',
    { scans: scans({ expects: 'slot', serial: 'SN-3' }) },
    ['scan-board', 'SCAN THE SLOT of SN-3', null],
  ],
  ['an order that is complete', { scans: complete }, ['complete', 'ORDER COMPLETE: WO-1', '10 of 10 passed']],
  ['choices that were not read yet', { scans: null }, null],
])('of %s it says so', (_title, over, row) => {
  expect(says(bench({ places: places(slot({ name: '7' })), ...over }))).toEqual(row);
});

test('FAIL comes before STATION, STATION before a board that must come out first, whatever their slots', () => {
  const out = done(
    { outcome: 'PASS' },
    { name: '1', reserved: { serial: 'SN-9', until: '2026-11-27T12:01:00Z' } },
  );
  const error = done({ outcome: 'ERROR', reason: 'no-power' }, { name: '2' });
  const fail = done({ outcome: 'FAIL', reason: 'write-protected' }, { name: '3' });
  const headlines = [[out, error, fail], [out, error], [out]].map(
    (slots) => says(bench({ places: places(...slots) }))?.[1],
  );
  expect(headlines).toEqual([
    'TAKE OUT slot 3: FAIL',
    'Slot 2: not the board, RESCAN',
    'TAKE OUT slot 1 first',
  ]);
});

test('a FAIL wants hands until the board is out, and its tile still shows it', () => {
  const out = slot({ last: last({ outcome: 'FAIL', reason: 'write-protected' }) });
  expect(places(out)[0]!.tile.state).toBe('fail');
  expect(stripOf(bench({ places: places(out) }))?.step).toBe('scan-board');
});

test('a board whose run was lost in a crash is to be scanned again', () => {
  const lost = slot({
    state: 'ready',
    board: board(),
    last: last({ outcome: 'ERROR', reason: 'interrupted' }),
  });
  expect(says(bench({ places: places(lost) }))?.[1]).toBe('Slot 1: not the board, RESCAN');
});

test('a kept slot whose board is not out yet is no place to put one', () => {
  const busy = {
    places: places(slot({ name: '7', state: 'running' })),
    scans: scans({ reservations: [kept('7')] }),
  };
  expect(stripOf(bench(busy))?.step).toBe('scan-board');
});
