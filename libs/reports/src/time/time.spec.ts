import fc from 'fast-check';
import { dayAfter, isDate, spanOf, startOfDay } from './days.ts';
import { minutesOf, NO_SHIFT, overlapping, ShiftClock, type Shift } from './shifts.ts';
import { Zone } from './zone.ts';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
const SEED = 20261127;
const ZONES = Intl.supportedValuesOf('timeZone');
const at = (text: string): number => Date.parse(text);
const THREE: readonly Shift[] = [
  { name: 'early', start: '06:00', end: '14:00' },
  { name: 'late', start: '14:00', end: '22:00' },
  { name: 'night', start: '22:00', end: '06:00' },
];
const always = (shifts: readonly Shift[], zone: string): ShiftClock =>
  new ShiftClock([{ since: '1970-01-01T00:00:00Z', shifts }], new Zone(zone));
const hours = ({ from, to }: { from: string | null; to: string | null }): number =>
  (at(to!) - at(from!)) / HOUR;

test('a night shift has 9 hours when the clock is set back, 7 when it is set forward, and 8 else', () => {
  const clock = always(THREE, 'Europe/Berlin');
  expect(clock.spansOf('2026-10-24 night').map(hours)).toEqual([9]);
  expect(clock.spansOf('2026-03-28 night').map(hours)).toEqual([7]);
  expect(clock.spansOf('2026-11-21 night').map(hours)).toEqual([8]);
});

test('a shift belongs to the day it starts, in the zone of the plant', () => {
  const clock = always(THREE, 'Asia/Tokyo');
  expect(clock.keyOf(at('2026-11-21T13:00:00Z'))).toBe('2026-11-21 night');
  expect(clock.keyOf(at('2026-11-21T20:59:59.999Z'))).toBe('2026-11-21 night');
  expect(clock.keyOf(at('2026-11-21T21:00:00Z'))).toBe('2026-11-22 early');
});

test('a start that the clock leaves out is the next instant', () => {
  const zone = new Zone('Europe/Berlin');
  expect(zone.instantOf(at('2026-03-29T02:30:00Z'))).toBe(at('2026-03-29T01:00:00Z'));
  const clock = always([{ name: 'odd', start: '02:30', end: '10:00' }], 'Europe/Berlin');
  expect(clock.keyOf(at('2026-03-29T01:00:00Z'))).toBe('2026-03-29 odd');
  expect(clock.keyOf(at('2026-03-29T00:59:59.999Z'))).toBe(`2026-03-29 ${NO_SHIFT}`);
  expect(startOfDay('2026-03-27', new Zone('Asia/Beirut'))).toBe(at('2026-03-26T22:00:00Z'));
  expect(startOfDay('2026-03-29', new Zone('Asia/Beirut'))).toBe(at('2026-03-28T22:00:00Z'));
});

test('a time that the clock shows twice is the first of the two', () => {
  expect(new Zone('Europe/Berlin').instantOf(at('2026-10-25T02:30:00Z'))).toBe(at('2026-10-25T00:30:00Z'));
});

test('a day that the calendar of a zone left out has no instant', () => {
  const zone = new Zone('Pacific/Apia');
  expect(startOfDay('2011-12-30', zone)).toBe(startOfDay('2011-12-31', zone));
});

test('a gap between shifts is no shift, and a change of shifts applies from then on', () => {
  const zone = new Zone('UTC');
  const clock = new ShiftClock(
    [
      { since: '2026-11-21T12:00:00Z', shifts: [{ name: 'day', start: '08:00', end: '20:00' }] },
      { since: '2026-11-01T00:00:00Z', shifts: THREE.slice(0, 2) },
    ],
    zone,
  );
  expect(clock.keyOf(at('2026-10-31T23:59:59Z'))).toBe(`2026-10-31 ${NO_SHIFT}`);
  expect(clock.keyOf(at('2026-11-21T11:59:59Z'))).toBe('2026-11-21 early');
  expect(clock.keyOf(at('2026-11-21T12:00:00Z'))).toBe('2026-11-21 day');
  expect(clock.keyOf(at('2026-11-20T23:00:00Z'))).toBe(`2026-11-20 ${NO_SHIFT}`);
  expect(clock.spansOf(`2026-11-20 ${NO_SHIFT}`)).toEqual([
    { from: '2026-11-20T00:00:00.000Z', to: '2026-11-20T06:00:00.000Z' },
    { from: '2026-11-20T22:00:00.000Z', to: '2026-11-21T00:00:00.000Z' },
  ]);
  expect(clock.spansOf('2026-11-21 early')).toEqual([
    { from: '2026-11-21T06:00:00.000Z', to: '2026-11-21T12:00:00.000Z' },
  ]);
});

test('a date in `to` includes that day of the plant, and an instant is taken as it is', () => {
  const zone = new Zone('America/New_York');
  expect(spanOf({ from: '2026-11-01', to: '2026-11-01' }, zone)).toEqual({
    from: '2026-11-01T04:00:00.000Z',
    to: '2026-11-02T05:00:00.000Z',
  });
  expect(spanOf({ to: '2026-11-01T00:00:00+02:00' }, zone)).toEqual({
    from: null,
    to: '2026-10-31T22:00:00.000Z',
  });
  expect([isDate('2026-02-28'), isDate('2026-02-29'), isDate('2026-2-8'), isDate('today')]).toEqual([
    ...[true, false, false, false],
  ]);
});

test('shifts that overlap are named, and shifts that meet are not', () => {
  expect(overlapping(THREE)).toBeNull();
  expect(overlapping([THREE[0]!, { name: 'x', start: '13:59', end: '15:00' }])?.[1].name).toBe('x');
  expect(overlapping([THREE[2]!, { name: 'x', start: '05:00', end: '05:30' }])?.[1].name).toBe('x');
  expect(overlapping([{ name: 'all', start: '06:00', end: '06:00' }, THREE[1]!])).not.toBeNull();
});

/** Every change of the clock of a zone in ten years, found week by week. */
function changesOf(zone: Zone): number[] {
  const changes: number[] = [];
  const end = at('2030-01-01T00:00:00Z');
  for (let day = at('2020-01-01T00:00:00Z'); day < end; day += WEEK) {
    if (zone.offsetAt(day) === zone.offsetAt(day + WEEK)) continue;
    const change = zone.nextChange(day, day + WEEK);
    if (change !== null) changes.push(change);
  }
  return changes;
}

const SOME =
  process.env['BOARDWALK_ZONES'] === 'all' ? ZONES : ZONES.filter((_, index) => index % 60 === SEED % 60);

test('around every change of the clock each instant has one shift of three, which its spans include', () => {
  let changes = 0;
  for (const name of [...SOME, 'Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Cairo', 'America/Havana']) {
    const zone = new Zone(name);
    const clock = always(THREE, name);
    for (const change of changesOf(zone)) {
      changes += 1;
      for (let instant = change - 30 * HOUR; instant < change + 30 * HOUR; instant += 7.3 * HOUR) {
        const key = clock.keyOf(instant);
        expect([name, key]).toEqual([name, expect.stringMatching(/^\d{4}-\d\d-\d\d (early|late|night)$/)]);
        const inside = clock.spansOf(key).filter(({ from, to }) => at(from!) <= instant && instant < at(to!));
        expect([name, key, inside.length]).toEqual([name, key, 1]);
      }
    }
  }
  expect(changes).toBeGreaterThan(15);
});

test('a wall clock and its instant belong together in every zone, and days follow each other without a gap', () => {
  const wall = fc.integer({
    min: at('2020-01-01T00:00:00Z') / 60_000,
    max: at('2030-01-01T00:00:00Z') / 60_000,
  });
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), wall, (name, minutes) => {
      const zone = new Zone(name);
      const wanted = minutes * 60_000;
      const instant = zone.instantOf(wanted);
      expect(zone.wallOf(instant)).toBeGreaterThanOrEqual(wanted);
      expect(zone.wallOf(instant - 1)).toBeLessThan(wanted);
      const date = zone.dateOf(instant);
      expect(startOfDay(date, zone)).toBeLessThanOrEqual(instant);
      expect(startOfDay(dayAfter(date), zone)).toBeGreaterThan(instant);
    }),
    { seed: SEED, numRuns: 150 },
  );
});

test('any shifts that do not overlap leave no instant with two keys, and a key has its own name', () => {
  const edges = fc.uniqueArray(fc.integer({ min: 0, max: 95 }), { minLength: 2, maxLength: 6 });
  const text = (quarter: number): string => new Date((quarter * HOUR) / 4).toISOString().slice(11, 16);
  fc.assert(
    fc.property(
      edges,
      fc.constantFrom(...ZONES),
      fc.integer({ min: 0, max: 87_000 }),
      (quarters, name, hour) => {
        const sorted = [...quarters].sort((one, other) => one - other).map(text);
        const shifts = sorted.map((start, index) => ({
          name: `s${index}`,
          start,
          end: sorted[(index + 1) % sorted.length]!,
        }));
        expect(overlapping(shifts)).toBeNull();
        expect(minutesOf(shifts[0]!.start)).toBeGreaterThanOrEqual(0);
        const instant = at('2020-01-01T00:00:00Z') + hour * HOUR;
        expect(always(shifts, name).keyOf(instant)).toMatch(/ s\d$/);
      },
    ),
    { seed: SEED, numRuns: 150 },
  );
});

test('the shift that is on has its first and its last instant; without one it is the part of the day around it', () => {
  const berlin = always(THREE, 'Europe/Berlin');
  expect(berlin.periodAt(at('2026-11-27T02:00:00Z'))).toEqual({
    ...{ key: '2026-11-26 night', from: '2026-11-26T21:00:00.000Z', to: '2026-11-27T05:00:00.000Z' },
  });
  expect(always([], 'Europe/Berlin').periodAt(at('2026-11-27T02:00:00Z'))).toEqual({
    ...{ key: `2026-11-27 ${NO_SHIFT}`, from: '2026-11-26T23:00:00.000Z', to: '2026-11-27T23:00:00.000Z' },
  });
  const day = always([{ name: 'day', start: '08:00', end: '20:00' }], 'UTC');
  const [before, after] = [at('2026-11-27T07:59:59Z'), at('2026-11-27T20:00:00Z')];
  expect([before, after].map((instant) => day.periodAt(instant).from)).toEqual([
    ...['2026-11-27T00:00:00.000Z', '2026-11-27T20:00:00.000Z'],
  ]);
});

test('plans that are stored again without a change of the shift that is on do not end it', () => {
  const plans = ['2026-11-01T00:00:00Z', '2026-11-27T09:00:00Z'].map((since) => ({ since, shifts: THREE }));
  const clock = new ShiftClock(plans, new Zone('UTC'));
  expect(clock.periodAt(at('2026-11-27T10:00:00Z')).from).toBe('2026-11-27T06:00:00.000Z');
});
