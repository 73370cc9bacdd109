import { link, migrate, ORIGIN, type ChainRow, type Head } from '@boardwalk/records';
import Sqlite from 'better-sqlite3';

/** A small generator with a seed (mulberry32): the same history each time. */
function draws(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const OUTCOMES = [
  ...Array<string>(92).fill('PASS'),
  ...'FAIL FAIL FAIL FAIL FAIL ERROR TIMEOUT ABORTED'.split(' '),
];
const IMAGE = 'ab'.repeat(32);
/** Runs of one order, as a shift makes them. */
const ORDER_RUNS = 500;
const STEP_MS = 20_000;
/** About what an identity takes in a row. */
const IDENTITY = JSON.stringify({ note: 'x'.repeat(600) });

interface Board {
  readonly uid: string | null;
  readonly serial: string | null;
}

/** Writes what a station of an earlier version would have written for many runs: rows and a valid chain, no boards. */
export class History {
  readonly #database: Sqlite.Database;
  readonly #draw: () => number;
  readonly #insert: Readonly<Record<'Job' | 'JobUnit' | 'Run' | 'Event' | 'WorkOrder', Sqlite.Statement>>;
  #head: Head;
  #boards = 0;

  constructor(file: string, seed = 1) {
    migrate(file);
    this.#database = new Sqlite(file);
    this.#database.pragma('synchronous = OFF');
    this.#draw = draws(seed);
    const last = this.#database.prepare('SELECT "id", "hash" FROM "Event" ORDER BY "id" DESC LIMIT 1').get();
    this.#head = (last as Head | undefined) ?? ORIGIN;
    this.#insert = {
      Job: this.#into('Job', JOB),
      JobUnit: this.#into('JobUnit', UNIT),
      Run: this.#into('Run', RUN),
      WorkOrder: this.#into('WorkOrder', ORDER),
      Event: this.#into('Event', EVENT),
    };
  }

  /** Adds so many runs, each of a job of its own. */
  add(runs: number): this {
    let board = this.#newBoard();
    const page = this.#database.transaction((from: number, to: number) => {
      for (let index = from; index < to; index += 1) {
        const outcome = OUTCOMES[Math.floor(this.#draw() * OUTCOMES.length)]!;
        this.#run(index, board, outcome);
        // What did not pass is tried again; now and then a board comes back.
        if (outcome === 'PASS' && this.#draw() < 0.95) board = this.#newBoard();
      }
    });
    for (let from = 0; from < runs; from += 5000) page(from, Math.min(runs, from + 5000));
    return this;
  }

  /** Gives the runs their boards as the upgrade does, for chips alone, in a few statements: quick for large files. */
  place(): this {
    this.#database.exec(PLACED);
    return this;
  }

  close(): void {
    this.#database.pragma('wal_checkpoint(TRUNCATE)');
    this.#database.close();
  }

  #newBoard(): Board {
    this.#boards += 1;
    const kind = this.#draw();
    const word = this.#boards.toString(16).padStart(8, '0');
    const uid =
      kind < 0.02 ? null : kind < 0.03 ? '0'.repeat(24) : `066f${word}5351885087174728`.slice(0, 24);
    const serial = kind > 0.5 ? `SN${String(this.#boards).padStart(7, '0')}` : null;
    return { uid, serial };
  }

  #run(index: number, board: Board, outcome: string): void {
    const id = String(index).padStart(10, '0');
    const [jobId, runId] = [`job_${id}`, `run_${id}`];
    const at = new Date(Date.UTC(2026, 0, 1) + index * STEP_MS).toISOString();
    const workOrder = `WO-${Math.floor(index / ORDER_RUNS)}`;
    if (index % ORDER_RUNS === 0) this.#insert.WorkOrder.run({ id: workOrder, at, lot: `LOT-${index % 7}` });
    const slot = String(1 + (index % 16));
    this.#insert.Job.run({ id: jobId, workOrder, at, image: IMAGE });
    this.#insert.JobUnit.run({ jobId, runId, slot, serial: board.serial });
    const reason = outcome === 'PASS' ? null : 'verify-mismatch';
    const row = { id: runId, jobId, slot, workOrder, ...board, at, outcome, reason, image: IMAGE };
    this.#insert.Run.run({ ...row, identity: board.uid === null ? null : IDENTITY });
    this.#event(at, 'job.created', `job/${jobId}`, { id: jobId });
    const shown = {
      id: runId,
      jobId,
      slot,
      workOrder,
      serial: board.serial,
      operator: null,
      imageSha256: IMAGE,
    };
    this.#event(at, 'run.started', `run/${runId}`, { ...shown, outcome: null });
    this.#event(at, 'run.completed', `run/${runId}`, { ...shown, outcome, reason });
  }

  #event(at: string, type: string, subject: string, data: unknown): void {
    const row: ChainRow = link(this.#head, {
      ...{ at, type, subject, data, actor: 'station', role: 'station', reason: null },
    });
    this.#insert.Event.run(row);
    this.#head = row;
  }

  #into(table: string, values: Readonly<Record<string, string>>): Sqlite.Statement {
    const names = Object.keys(values).map((name) => `"${name}"`);
    return this.#database.prepare(
      `INSERT INTO "${table}" (${names.join()}) VALUES (${Object.values(values).join()})`,
    );
  }
}

const PLACED = `
  UPDATE "Run" SET "sequence" = (SELECT min("id") FROM "Event" WHERE "subject" = 'run/' || "Run"."id");
  UPDATE "Job" SET "sequence" = (SELECT min("id") FROM "Event" WHERE "subject" = 'job/' || "Job"."id");
  INSERT INTO "Board" ("uid", "serial", "firstSequence", "lastSequence", "firstSeenAt", "lastSeenAt", "verdict", "runs", "attempts", "passes")
    SELECT "uid", max("serial"), min("sequence"), max("sequence"), min("startedAt"), max("startedAt"), 'consistent', count(*),
      sum("outcome" <> 'ABORTED'), sum("outcome" = 'PASS') FROM "Run" WHERE "uid" LIKE '066f%' GROUP BY "uid";
  UPDATE "Run" SET "life" = 1, "board" = (SELECT "number" FROM "Board" WHERE "uid" = "Run"."uid");
  INSERT INTO "BoardSerial" SELECT "serial", "number", TRUE, "firstSequence", "lastSequence" FROM "Board" WHERE "serial" IS NOT NULL;
  INSERT INTO "BoardAttempts" ("board", "life", "recipe", "attempts", "firstRun", "firstSequence", "firstOutcome", "lastRun", "lastSequence", "lastOutcome")
    SELECT "board", 1, 'app', count(*), min("id"), min("sequence"), 'PASS', max("id"), max("sequence"), 'PASS'
    FROM "Run" WHERE "board" IS NOT NULL AND "outcome" <> 'ABORTED' GROUP BY "board";
  INSERT INTO "OrderBoard" SELECT "workOrder", "board", max("id"), max("sequence"), 'PASS', TRUE
    FROM "Run" WHERE "board" IS NOT NULL AND "outcome" = 'PASS' GROUP BY "workOrder", "board";
  UPDATE "WorkOrder" SET "passed" = (SELECT count(*) FROM "OrderBoard" o WHERE o."workOrder" = "WorkOrder"."id");
  UPDATE "Upgrade" SET "done" = TRUE, "last" = 0;`;

const JOB = {
  ...{ id: '@id', state: `'completed'`, recipeName: `'app'`, recipeRevision: '1', image: '@image' },
  ...{ workOrder: '@workOrder', priority: '50', createdAt: '@at', finishedAt: '@at', urgency: '0' },
};
const UNIT = { jobId: '@jobId', serial: '@serial', slot: '@slot', state: `'done'`, runId: '@runId' };
const ORDER = {
  ...{ id: '@id', recipeName: `'app'`, recipeRevision: '1', quantity: '500', lot: '@lot' },
  ...{ createdAt: '@at', state: `'completed'` },
};
const RUN = {
  ...{ id: '@id', jobId: '@jobId', slot: '@slot', portPath: `'1-' || @slot`, recipeName: `'app'` },
  ...{ recipeRevision: '1', imageSha256: '@image', workOrder: '@workOrder', serial: '@serial', uid: '@uid' },
  ...{ startedAt: '@at', finishedAt: '@at', outcome: '@outcome', reason: '@reason', identity: '@identity' },
  ...{ deviceId: `'0x20036410'`, dpidr: `'0x1ba01477'`, verdict: `'consistent'`, station: `'old'` },
  ...{ stationVersion: `'0'`, virtual: '1' },
};
const EVENT = Object.fromEntries(
  ['id', 'at', 'type', 'subject', 'actor', 'role', 'reason', 'data', 'dataSha256', 'previous', 'hash'].map(
    (name) => [name, `@${name}`],
  ),
);
