import { openToRead, verifyDatabase } from '@boardwalk/records';
import { join } from 'node:path';
import type { StationProcess } from './running-station.ts';

export interface RunRow {
  readonly id: string;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly remedy: string | null;
  readonly serial: string;
  readonly slot: string;
  /** 1 where the run has a finished verify step. */
  readonly verified: number;
  /** What `board_log` shows of the run. */
  readonly logged: string | null;
  readonly loggedMethod: string | null;
}

/** Every run, its proof, and what `board_log` makes of it, in one snapshot. */
export const RUNS = `select r.id, r.outcome, r.reason, r.remedy, r.serial, r.slot,
    exists (select 1 from "RunStep" s where s.runId = r.id and s.step = 'verify' and s.state = 'passed') as verified,
    json_array(b.outcome, b.reason, b.serial, b.slot) as logged, b.verify_method as loggedMethod
  from "Run" r left join board_log b on b.run_id = r.id`;

const SERIALS = `select s.value, s.state, s.reason, r.serial, r.outcome, r.reason as why
  from "Serial" s left join "Run" r on r.id = s.runId`;

interface SerialRow {
  readonly value: string;
  readonly state: string;
  readonly reason: string | null;
  readonly serial: string | null;
  readonly outcome: string | null;
  readonly why: string | null;
}

/** Holds the records of a station that was killed and opened again against what the dead one `left`. */
export function expectRecordsAfterKill(station: StationProcess, left: readonly RunRow[]): void {
  expectWholeChain(join(station.data, 'boardwalk.db'));
  const after = station.rows<RunRow>(RUNS);
  expectInterrupted(left, after);
  for (const { outcome, reason, serial, slot, verified, logged, loggedMethod } of after) {
    expect(JSON.parse(logged!)).toEqual([outcome, reason, serial, slot]);
    if (outcome === 'PASS') expect([verified, loggedMethod]).toEqual([1, expect.stringMatching(/./)]);
    else expect(loggedMethod).toBeNull();
  }
  expect(doubles(after.map(({ serial }) => serial))).toEqual([]);
  expect(doubles(after.filter(({ outcome }) => outcome === null).map(({ slot }) => slot))).toEqual([]);
  const serials = station.rows<SerialRow>(SERIALS);
  expect(serials.length).toBeGreaterThanOrEqual(after.length);
  for (const { value, state, reason, serial, outcome, why } of serials) {
    // The row of a serial is committed with its run's claim and settled with its run's end.
    expect(serial).toBe(value);
    if (outcome === null) expect(state).toBe('reserved');
    else expect([state, reason]).toEqual(outcome === 'PASS' ? ['committed', null] : ['voided', why]);
  }
}

/** What had ended stays as it was; what ran is named, and its board is asked for again. */
function expectInterrupted(left: readonly RunRow[], after: readonly RunRow[]): void {
  const now = new Map(after.map((run) => [run.id, run]));
  for (const { id, outcome, reason } of left) {
    const run = now.get(id)!;
    expect([run.outcome, run.reason]).toEqual(
      outcome === null ? ['ERROR', 'interrupted'] : [outcome, reason],
    );
    if (outcome === null) expect(run.remedy).toMatch(/^Scan the board again/);
  }
}

function expectWholeChain(path: string): void {
  const file = openToRead(path);
  try {
    expect(verifyDatabase(file)).toMatchObject({ ok: true, firstBad: null });
  } finally {
    file.close();
  }
}

const doubles = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);
