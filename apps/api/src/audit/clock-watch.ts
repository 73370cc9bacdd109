import type { ClockStep } from '@boardwalk/contracts';
import type { Logger } from 'pino';
import type { EventLog } from '../events/event-log.ts';
import type { StationNotes } from '../status/station-notes.ts';
import { HOST_CLOCK, type Clock } from '../clock/clock.ts';

const LOOK_MS = 1000;
/** Less is the drift that a time server corrects. */
const LEAST_STEP_MS = 1000;

/**
 * Compares the wall clock with one that only grows. A wall clock that steps back, or that begins before the last event of
 * the record, is an event and a note: times in the record overlap there, and its order is by number alone.
 */
export class ClockWatch {
  #wall: number;
  #monotonic: number;
  #timer: NodeJS.Timeout | null = null;
  /** The latest time in the record before the clock went back; while the clock is before it, the note stays. */
  #reached: number | null = null;

  constructor(
    private readonly events: EventLog,
    private readonly notes: StationNotes,
    private readonly log: Logger,
    private readonly clock: Clock = HOST_CLOCK,
    /** The time of the record's last event before this start. */
    private readonly last: string | null = null,
  ) {
    this.#wall = clock.wall().getTime();
    this.#monotonic = clock.monotonicMs();
  }

  /** Compares with the record, then looks once a second. */
  async open(): Promise<void> {
    const { last } = this;
    const now = this.clock.wall().getTime();
    if (last !== null && now < Date.parse(last))
      await this.#wentBack(Date.parse(last), now, 'began-before-the-record');
    this.#timer = setInterval(() => {
      this.look().catch((cause: unknown) =>
        this.log.error({ err: cause }, 'a step of the clock could not be stored'),
      );
    }, LOOK_MS);
  }

  /** Looks whether the wall clock went on as the other one did. */
  async look(): Promise<void> {
    const [wall, monotonic] = [this.clock.wall().getTime(), this.clock.monotonicMs()];
    const expected = this.#wall + (monotonic - this.#monotonic);
    this.#wall = wall;
    this.#monotonic = monotonic;
    if (wall <= expected - LEAST_STEP_MS) await this.#wentBack(expected, wall, 'stepped-back');
    else if (this.#reached !== null && wall >= this.#reached) {
      this.#reached = null;
      this.notes.set('clock', null);
    }
  }

  async #wentBack(from: number, to: number, cause: ClockStep['cause']): Promise<void> {
    const [before, after] = [new Date(from).toISOString(), new Date(to).toISOString()];
    const stepSeconds = Math.round(to - from) / 1000;
    this.#reached = Math.max(this.#reached ?? from, from);
    this.notes.set('clock', noteOf(before, after, stepSeconds, cause));
    this.log.warn({ from: before, to: after, stepSeconds }, 'the wall clock went back');
    await this.events.record('station.clock', { from: before, to: after, stepSeconds, cause });
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
  }
}

function noteOf(from: string, to: string, stepSeconds: number, cause: ClockStep['cause']): string {
  const what =
    cause === 'stepped-back'
      ? `clock: the wall clock stepped back by ${-stepSeconds} s, from ${from} to ${to}.`
      : `clock: the wall clock said ${to} at the start, ${-stepSeconds} s before the last event of the record (${from}).`;
  return `${what} The record keeps its order by number. Check the time service of this host.`;
}
