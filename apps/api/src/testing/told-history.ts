import { MEASURED } from '@boardwalk/contracts';
import { migrate, ORIGIN, link, INSERT_ROWS, type Head } from '@boardwalk/records';
import Sqlite from 'better-sqlite3';

/** Draws with a seed (mulberry32): the same each time. */
export function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const IMAGES = ['ab'.repeat(32), 'cd'.repeat(32)];
const OUTCOMES = ['PASS', 'PASS', 'PASS', 'PASS', 'PASS', 'FAIL', 'FAIL', 'ERROR', 'TIMEOUT', 'ABORTED'];
const REASONS = ['verify-mismatch', 'identity-differs', 'no-target'];
const RECIPES = ['app', 'app', 'boot', 'flash-verify-reset'];
/** Over the night in which clocks are set back in Europe. */
const BEGIN = Date.parse('2026-10-24T18:00:00Z');

type Cell = string | number | null;
export type ToldRun = Readonly<Record<(typeof COLUMNS)[number], Cell>>;

const COLUMNS = [
  ...([
    'id',
    'jobId',
    'slot',
    'portPath',
    'recipeName',
    'recipeRevision',
    'imageSha256',
    'workOrder',
  ] as const),
  ...(['operator', 'serial', 'uid', 'probeSerial', 'startedAt', 'finishedAt', 'outcome', 'reason'] as const),
  ...(['targetVoltage', 'verdict', 'resembles', 'station', 'stationVersion', 'virtual', 'sequence'] as const),
  ...(['board', 'life', 'attempt', 'reference', 'lot', 'supplier'] as const),
] as const;

interface Options {
  readonly runs: number;
  readonly seed: number;
  /** Apart, seconds, on the average. */
  readonly apart?: number;
}

/** Runs as a record has them: retests, repairs, reference boards, aborted runs and a wall clock that steps back. */
export function toldHistory({ runs, seed, apart = 300 }: Options): ToldRun[] {
  const draw = drawsOf(seed);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(draw() * values.length)]!;
  const attempts = new Map<string, number>();
  const lives = new Map<number, number>();
  let now = BEGIN;
  return Array.from({ length: runs }, (_, index) => {
    now += (draw() < 0.02 ? -7200 : 2 * apart * draw()) * 1000;
    const board = 1 + Math.floor(draw() * Math.max(2, runs * 0.7));
    if (draw() < 0.05) lives.set(board, (lives.get(board) ?? 1) + 1);
    const life = lives.get(board) ?? 1;
    const [recipeName, imageSha256, outcome] = [pick(RECIPES), pick(IMAGES), pick(OUTCOMES)];
    const reference = board % 17 === 0 ? 'golden' : null;
    const key = `${board} ${life} ${recipeName === 'flash-verify-reset' ? imageSha256 : recipeName}`;
    const counts = outcome !== 'ABORTED' && reference === null;
    const attempt = counts ? (attempts.get(key) ?? 0) + 1 : null;
    if (attempt !== null) attempts.set(key, attempt);
    const slot = String(1 + Math.floor(draw() * 12));
    const at = new Date(Math.round(now)).toISOString();
    return {
      ...{
        id: `run_${String(index).padStart(8, '0')}`,
        jobId: 'job_0',
        slot,
        portPath: `1-${slot}`,
        recipeName,
      },
      ...{ recipeRevision: 1 + Math.floor(draw() * 2), imageSha256, workOrder: pick(['WO-1', 'WO-2', null]) },
      ...{
        operator: pick(['ann', 'bob', null]),
        serial: `00${board}`,
        uid: `066f${String(board).padStart(20, '0')}`,
      },
      ...{
        probeSerial: `P${slot}`,
        startedAt: at,
        finishedAt: new Date(Math.round(now) + 20_000).toISOString(),
      },
      ...{ outcome, reason: outcome === 'PASS' ? null : pick(REASONS), targetVoltage: 3.2 + draw() / 5 },
      ...{
        verdict: pick(['consistent', 'differs', 'insufficient']),
        resembles: null,
        station: 's',
        stationVersion: '0',
      },
      ...{ virtual: 1, sequence: index + 1, board, life, attempt, reference },
      ...{ lot: pick(['L1', 'L2', null]), supplier: pick(['S1', null]) },
    };
  });
}

/** Writes the rows into a new file of data, as a station leaves them that has nothing more to bring up to date. */
export function writeHistory(file: string, runs: readonly ToldRun[]): void {
  migrate(file);
  const database = new Sqlite(file);
  database.pragma('synchronous = OFF');
  const names = COLUMNS.map((name) => `"${name}"`).join();
  const run = database.prepare(
    `INSERT INTO "Run" (${names}) VALUES (${COLUMNS.map((name) => `@${name}`).join()})`,
  );
  const step = database.prepare(
    `INSERT INTO "RunStep" ("runId", "index", "step", "state", "startedAt", "durationMs", "detail", "measurements")
     VALUES (?, ?, ?, 'passed', ?, ?, '', ?)`,
  );
  database.transaction(() => {
    for (const row of runs) {
      run.run(row);
      const took = 100 + (Number(row.sequence) % 97);
      for (const [index, name] of ['program', 'verify'].entries())
        step.run(row.id, index, name, row.startedAt, took * (index + 1), measuredBy(name, row));
    }
    database.prepare(INSERT_ROWS).run(JSON.stringify(chainOf(runs)));
    database.exec(`INSERT INTO "Board" ("number", "uid", "serial", "firstSequence", "lastSequence", "firstSeenAt", "lastSeenAt")
      SELECT "board", min("uid"), min("serial"), min("sequence"), max("sequence"), min("startedAt"), max("startedAt")
      FROM "Run" GROUP BY "board"`);
    database.exec(`UPDATE "Upgrade" SET "done" = TRUE, "last" = 0`);
  })();
  database.close();
}

/** Programming measures the supply, in two runs of three. */
function measuredBy(step: string, { sequence, targetVoltage }: ToldRun): string {
  if (step !== 'program' || Number(sequence) % 3 === 0) return '[]';
  return JSON.stringify([
    { ...MEASURED.targetVoltage, value: targetVoltage, min: null, max: null, inLimits: true },
  ]);
}

/** A row of the chain a run, so that the ids of events go on after the places of the runs. */
function chainOf(runs: readonly ToldRun[]) {
  let head: Head = ORIGIN;
  return runs.map(({ id, startedAt }) => {
    const row = link(head, {
      ...{ at: String(startedAt), type: 'run.started', subject: `run/${id}`, data: { id } },
      ...{ actor: 'station', role: 'station', reason: null },
    });
    head = row;
    return row;
  });
}
