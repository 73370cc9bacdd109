import { jest } from '@jest/globals';
import { pino } from 'pino';
import type { Clock } from '../clock/clock.ts';
import { ClockWatch } from './clock-watch.ts';
import { StationNotes } from '../status/station-notes.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';

jest.setTimeout(60_000);

/** A clock that a test sets: the wall clock and the one that only grows go apart. */
class SetClock implements Clock {
  constructor(
    public wallMs: number,
    public grownMs = 0,
  ) {}

  wall = (): Date => new Date(this.wallMs);
  monotonicMs = (): number => this.grownMs;

  pass(ms: number): void {
    this.wallMs += ms;
    this.grownMs += ms;
  }
}

const NOON = Date.parse('2026-11-26T12:00:00.000Z');

let ledger: LedgerBench;
let notes: StationNotes;
let clock: SetClock;
let watch: ClockWatch;
async function begin(last: string | null): Promise<void> {
  watch = new ClockWatch(ledger.events, notes, pino({ level: 'silent' }), clock, last);
  await watch.open();
}
beforeEach(async () => {
  ledger = await new LedgerBench().open();
  notes = new StationNotes();
  clock = new SetClock(NOON);
});
afterEach(async () => {
  watch.close();
  await ledger.close();
});

const steps = async () =>
  (await ledger.events.after(0, 1000)).filter(({ type }) => type === 'station.clock').map(({ data }) => data);

test('a wall clock that goes on as time does is no event', async () => {
  await begin(new Date(NOON - 1000).toISOString());
  clock.pass(3_600_000);
  await watch.look();
  expect([await steps(), notes.all]).toEqual([[], []]);
});

test('a wall clock that steps back is an event and a note, which goes when the time is reached again', async () => {
  await begin(null);
  clock.pass(60_000);
  clock.wallMs -= 86_400_000;
  await watch.look();
  expect(await steps()).toEqual([
    {
      from: '2026-11-26T12:01:00.000Z',
      to: '2026-11-25T12:01:00.000Z',
      stepSeconds: -86_400,
      cause: 'stepped-back',
    },
  ]);
  expect(notes.all).toEqual([expect.stringMatching(/stepped back by 86400 s.*Check the time service/)]);
  await watch.look();
  expect(await steps()).toHaveLength(1);
  clock.pass(86_400_000);
  await watch.look();
  expect(notes.all).toEqual([]);
});

test('a wall clock that starts before the last event of the record is an event and a note', async () => {
  await begin(new Date(NOON + 5000).toISOString());
  expect(await steps()).toMatchObject([{ stepSeconds: -5, cause: 'began-before-the-record' }]);
  expect(notes.all).toEqual([expect.stringMatching(/5 s before the last event of the record/)]);
});
