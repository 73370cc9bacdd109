import { append, migrate, recorded, RowSealing } from '@boardwalk/records';
import Sqlite from 'better-sqlite3';
import { storyOf } from './story.mjs';

/** Runs of one transaction. */
const GROUP = 500;
const IMAGE = 'ab'.repeat(32);
const RECIPE = 'app';
const STEPS = ['program', 'verify'];

/** The columns of each table that the work of a run writes. */
const COLUMNS = {
  WorkOrder: 'id recipeName recipeRevision quantity lot supplier createdAt state passed',
  Job: 'id state recipeName recipeRevision image workOrder priority createdAt finishedAt urgency sequence',
  JobUnit: 'jobId serial slot state runId',
  Run: `id jobId slot portPath recipeName recipeRevision imageSha256 workOrder operator serial uid startedAt finishedAt outcome
    reason targetVoltage deviceId dpidr verdict station stationVersion virtual sequence board life attempt lot supplier`,
  RunStep: 'runId index step state startedAt durationMs detail measurements',
  Board: `number uid serial verdict firstSequence lastSequence firstSeenAt lastSeenAt firstOutcome lastOutcome lastReason
    lastRun runs attempts passes deviceId dpidr`,
  BoardSerial: 'serial board current firstSequence lastSequence',
  BoardAttempts:
    'board life recipe attempts firstRun firstSequence firstOutcome lastRun lastSequence lastOutcome',
  OrderBoard: 'workOrder board lastRun lastSequence lastOutcome counts',
};

const nameOf = (kind, number) => `${kind}_${String(number).padStart(10, '0')}`;
const orderOf = (number) => ({
  ...{ id: `WO-${number}`, lot: `LOT-${Math.floor(number / 4)}`, supplier: `supplier-${number % 3}` },
});

/** Writes a record with so many runs into a new file, as the station writes it: rows, digests and chain in one. */
export function writeHistory(file, { runs, seed }, progress) {
  migrate(file);
  const database = new Sqlite(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = OFF');
  while (!new RowSealing().step(database, 1000));
  const writer = new Writer(database);
  let group = [];
  for (const run of storyOf({ runs, seed })) {
    group.push(run);
    if (group.length < GROUP) continue;
    writer.write(group);
    group = [];
    if ((run.index + 1) % 50_000 === 0) progress(run.index + 1);
  }
  writer.write(group);
  recorded(database, () => database.exec('UPDATE "Upgrade" SET "done" = TRUE, "last" = 0'));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

class Writer {
  #database;
  #insert;

  constructor(database) {
    this.#database = database;
    this.#insert = Object.fromEntries(
      Object.entries(COLUMNS).map(([table, columns]) => {
        const names = columns.split(/\s+/);
        const sql = `INSERT INTO "${table}" (${names.map((name) => `"${name}"`)}) VALUES (${names.map((name) => `@${name}`)})`;
        return [table, database.prepare(sql)];
      }),
    );
  }

  /** Runs of one order. */
  write(group) {
    if (group.length === 0) return;
    recorded(this.#database, () => {
      const passed = new Set(
        group.filter(({ outcome }) => outcome === 'PASS').map(({ board }) => board.number),
      );
      this.#order(group, passed.size);
      for (const run of group) this.#run(run);
      for (const run of group) if (run.lastOfBoard) this.#board(run.board);
    });
  }

  #order([{ order, startedAt }, ...others], passed) {
    const { id, lot, supplier } = orderOf(order);
    const [quantity, finishedAt] = [others.length + 1, (others.at(-1) ?? { startedAt }).startedAt];
    const of = { recipeName: RECIPE, recipeRevision: 1, createdAt: startedAt, state: 'completed' };
    this.#insert.WorkOrder.run({ ...of, id, lot, supplier, quantity, passed });
    const job = nameOf('job', order);
    const sequence = this.#event(startedAt, 'job.created', `job/${job}`, { id: job });
    const rest = { workOrder: id, image: IMAGE, priority: 50, urgency: 0, finishedAt, sequence };
    this.#insert.Job.run({ ...of, ...rest, id: job });
  }

  #run(run) {
    const { index, board, outcome, reason, startedAt, finishedAt, slot, operator, order, attempt } = run;
    const { id: workOrder, lot, supplier } = orderOf(order);
    const [id, jobId] = [nameOf('run', index), nameOf('job', order)];
    const { serial, uid, verdict } = board;
    const shown = { id, jobId, slot, workOrder, serial, operator, imageSha256: IMAGE };
    run.sequence = this.#event(startedAt, 'run.started', `run/${id}`, { ...shown, outcome: null });
    this.#insert.Run.run({
      ...{
        id,
        jobId,
        slot,
        portPath: `1-${slot}`,
        recipeName: RECIPE,
        recipeRevision: 1,
        imageSha256: IMAGE,
      },
      ...{ workOrder, operator, serial, uid, startedAt, finishedAt, outcome, reason, verdict, lot, supplier },
      ...{ targetVoltage: run.voltage, deviceId: '0x20036410', dpidr: '0x1ba01477', station: 'history' },
      ...{ stationVersion: '0', virtual: 1, sequence: run.sequence, board: board.number, life: 1, attempt },
    });
    for (const [at, step] of STEPS.entries())
      this.#insert.RunStep.run({
        ...{ runId: id, index: at, step, state: 'passed', startedAt, detail: '', measurements: '[]' },
        durationMs: Math.round(run.tookMs / (at + 2)),
      });
    this.#insert.JobUnit.run({ jobId, serial, slot, state: 'done', runId: id });
    this.#event(finishedAt, 'run.completed', `run/${id}`, { ...shown, outcome, reason });
  }

  #board({ number, uid, serial, verdict, attempts, runs }) {
    const [first, last] = [runs[0], runs.at(-1)];
    const places = { firstSequence: first.sequence, lastSequence: last.sequence };
    this.#insert.Board.run({
      ...{
        number,
        uid,
        serial,
        verdict,
        ...places,
        attempts,
        runs: runs.length,
        lastRun: nameOf('run', last.index),
      },
      ...{ firstSeenAt: first.startedAt, lastSeenAt: last.finishedAt, firstOutcome: first.outcome },
      ...{ lastOutcome: last.outcome, lastReason: last.reason, deviceId: '0x20036410', dpidr: '0x1ba01477' },
      passes: runs.filter(({ outcome }) => outcome === 'PASS').length,
    });
    this.#insert.BoardSerial.run({ serial, board: number, current: 1, ...places });
    const counted = runs.filter(({ attempt }) => attempt !== null);
    if (counted.length > 0) this.#attempts(number, counted);
  }

  #attempts(board, runs) {
    const [first, last] = [runs[0], runs.at(-1)];
    const lastOf = ({ index, sequence, outcome }) => ({
      ...{ lastRun: nameOf('run', index), lastSequence: sequence, lastOutcome: outcome },
    });
    this.#insert.BoardAttempts.run({
      ...{ board, life: 1, recipe: RECIPE, attempts: runs.length, firstRun: nameOf('run', first.index) },
      ...{ firstSequence: first.sequence, firstOutcome: first.outcome, ...lastOf(last) },
    });
    const byOrder = new Map(runs.map((run) => [run.order, run]));
    for (const [order, run] of byOrder)
      this.#insert.OrderBoard.run({ workOrder: orderOf(order).id, board, counts: 1, ...lastOf(run) });
  }

  #event(at, type, subject, data) {
    const said = { at, type, subject, data, actor: 'station', role: 'station', reason: null };
    return append(this.#database, said).id;
  }
}
