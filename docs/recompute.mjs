#!/usr/bin/env node
// Counts every report again from the raw rows of a file of data, without any code of the station.
//
//   node docs/recompute.mjs FILE yield|clones|failures|slots|cycle-time|control|recall|shift-ledger
//     [--from INSTANT] [--to INSTANT] [--group-by recipe|workOrder|lot|supplier|slot|operator|shift|day] [--time-zone ZONE]
//     [--measure targetVoltage|pageErase|halfWord]
//
// Instants are RFC 3339 in UTC. It prints JSON: the counts of each row and of all. It holds all runs in memory, and
// numbers attempts itself: it does not read the numbers that the station wrote. Shares, intervals, p-values, limits and
// quantiles are not counts; they follow from these by the formulas in docs/ and are tested against published examples.
import Sqlite from 'better-sqlite3';
import { pathToFileURL } from 'node:url';

const BUILT_IN = 'flash-verify-reset';
const FAULTS = ['ERROR', 'TIMEOUT'];

/** Finished runs of boards that are no reference boards, in the record's order. */
function runsOf(database) {
  const aliases = new Map(database.prepare('SELECT "id", "image" FROM "ImageAlias"').raw().all());
  return database
    .prepare('SELECT * FROM "Run" WHERE "outcome" IS NOT NULL AND "reference" IS NULL ORDER BY "sequence"')
    .all()
    .map((run) => ({ ...run, image: aliases.get(run.imageSha256) ?? run.imageSha256 }));
}

/** A board's attempts at one recipe in one life, oldest first. The built-in recipe is another one for each image. */
function livesOf(runs) {
  const lives = new Map();
  for (const run of runs) {
    if (run.outcome === 'ABORTED' || run.board === null) continue;
    const recipe = run.recipeName === BUILT_IN ? `${BUILT_IN} ${run.image}` : run.recipeName;
    const key = JSON.stringify([run.board, run.life ?? 1, recipe]);
    if (!lives.has(key)) lives.set(key, []);
    lives.get(key).push(run);
  }
  return [...lives.values()];
}

const isIn = ({ from, to }, { startedAt }) => (!from || startedAt >= from) && (!to || startedAt < to);
const sum = (list, fits) => list.filter(fits).length;
const passed = ({ outcome }) => outcome === 'PASS';
const attempted = ({ outcome, board }) => outcome !== 'ABORTED' && board !== null;

/** The wall clock of an instant, as `2026-11-21 22:00:00`. */
function wallClock(zone) {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (instant) => format.format(new Date(instant));
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const dateAfter = (date, days) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** The first whole minute at which the wall clock shows a time or a later one, by looking: no zone is further ahead. */
function firstAt(wall, date, time) {
  let at = Date.parse(`${date}T${time}:00Z`) - 900 * MINUTE;
  while (wall(at) < `${date} ${time}:00`) at += MINUTE;
  return at;
}

/** The shift of a run: of the plan that applies then, by the day on which the shift starts. */
function shiftOf(database, wall) {
  const plans = database.prepare('SELECT "since", "shifts" FROM "ShiftPlan" ORDER BY "since"').all();
  const kept = new Map();
  const boundary = (date, time) => {
    const key = `${date} ${time}`;
    if (!kept.has(key)) kept.set(key, firstAt(wall, date, time));
    return kept.get(key);
  };
  return (startedAt) => {
    const [instant, today] = [Date.parse(startedAt), wall(Date.parse(startedAt)).slice(0, 10)];
    const plan = plans.findLast(({ since }) => Date.parse(since) <= instant);
    for (const date of [today, dateAfter(today, -1)])
      for (const { name, start, end } of plan ? JSON.parse(plan.shifts) : []) {
        const last = end > start ? date : dateAfter(date, 1);
        if (boundary(date, start) <= instant && instant < boundary(last, end)) return `${date} ${name}`;
      }
    return `${today} no shift`;
  };
}

function keyOf(groupBy, zone, database) {
  const wall = wallClock(zone);
  if (groupBy === 'day') return ({ startedAt }) => wall(startedAt).slice(0, 10);
  const shift = groupBy === 'shift' ? shiftOf(database, wall) : null;
  if (shift) return ({ startedAt }) => shift(startedAt);
  const column = groupBy === 'recipe' ? 'recipeName' : groupBy;
  return (run) => run[column];
}

/** The parts of a window by a key: runs by their own, lives by their first attempt. */
function grouped(runs, lives, key) {
  const groups = new Map();
  const of = (name) => {
    if (!groups.has(name)) groups.set(name, { runs: [], lives: [] });
    return groups.get(name);
  };
  for (const run of runs) of(key(run)).runs.push(run);
  for (const life of lives) of(key(life[0])).lives.push(life);
  return groups;
}

const failed = ({ outcome }) => outcome === 'FAIL';
const retested = (life) => life.some(failed) && life.slice(life.findIndex(failed)).some(passed);

function yieldCounts({ runs, lives }) {
  const attempts = runs.filter(attempted);
  const firstFaults = sum(lives, ([first]) => FAULTS.includes(first.outcome));
  const outcomes = { PASS: 0, FAIL: 0, ERROR: 0, TIMEOUT: 0, ABORTED: 0 };
  for (const { outcome } of runs) outcomes[outcome] += 1;
  return {
    boards: lives.length,
    runs: attempts.length,
    aborted: outcomes.ABORTED,
    stationErrors: sum(attempts, ({ outcome }) => FAULTS.includes(outcome)),
    outcomes,
    firstPass: [sum(lives, ([first]) => passed(first)), lives.length],
    firstPassWithoutStationErrors: [sum(lives, ([first]) => passed(first)), lives.length - firstFaults],
    secondPass: [sum(lives, (life) => life.slice(0, 2).some(passed)), lives.length],
    thirdPass: [sum(lives, (life) => life.slice(0, 3).some(passed)), lives.length],
    lastPass: [sum(lives, (life) => passed(life.at(-1))), lives.length],
    runYield: [sum(attempts, passed), attempts.length],
    passedOnRetest: [sum(lives, retested), sum(lives, (life) => life.some(failed))],
    retestLoad: [attempts.length - lives.length, attempts.length],
  };
}

function yieldReport({ runs, lives, groupBy = 'recipe', zone, database }) {
  const rows = [...grouped(runs, lives, keyOf(groupBy, zone, database))].map(([key, group]) => ({
    key,
    ...yieldCounts(group),
  }));
  return { rows, total: { key: 'all', ...yieldCounts({ runs, lives }) } };
}

function failureCounts(runs, lives, fits) {
  const failed = (run) => !passed(run) && fits(run);
  const failures = runs.filter((run) => attempted(run) && failed(run));
  const boards = lives.filter((life) => life.some(failed));
  const times = failures.map(({ startedAt }) => startedAt).sort();
  const slots = {};
  for (const { slot } of failures) slots[slot] = (slots[slot] ?? 0) + 1;
  return {
    ...{ boards: boards.length, runs: failures.length },
    ...{ firstSeen: times[0] ?? null, lastSeen: times.at(-1) ?? null },
    passedOnRetest: [sum(boards, (life) => life.slice(life.findIndex(failed)).some(passed)), boards.length],
    slots,
  };
}

function failuresReport({ runs, lives }) {
  const failed = [...runs.filter(attempted), ...lives.flat()].filter((run) => !passed(run));
  const reasons = new Set(failed.map(({ reason }) => reason));
  const rows = [...reasons].map((reason) => ({
    reason,
    ...failureCounts(runs, lives, (run) => run.reason === reason),
  }));
  return { rows, total: { reason: 'all', ...failureCounts(runs, lives, () => true) } };
}

function slotCounts({ runs, lives }) {
  const { boards, runs: attempts, firstPass, stationErrors, passedOnRetest } = yieldCounts({ runs, lives });
  return { boards, runs: attempts, firstPass, stationErrors, passedOnRetest };
}

function slotsReport({ runs, lives, database, from, to }) {
  const groups = grouped(runs, lives, ({ slot }) => slot);
  const events = database
    .prepare(`SELECT "subject", "at" FROM "Event" WHERE "type" = 'probe.quarantined'`)
    .all();
  const set = events
    .filter(({ at }) => isIn({ from, to }, { startedAt: at }))
    .map(({ subject }) => subject.slice(6));
  for (const slot of set) if (!groups.has(slot)) groups.set(slot, { runs: [], lives: [] });
  const rows = [...groups].map(([slot, group]) => ({
    slot,
    ...slotCounts(group),
    quarantines: sum(set, (name) => name === slot),
  }));
  return { rows, total: { slot: 'all', ...slotCounts({ runs, lives }), quarantines: set.length } };
}

function cycleTimeReport({ runs, database, groupBy = 'recipe', zone }) {
  const key = keyOf(groupBy, zone);
  const steps = database.prepare(
    `SELECT "step" FROM "RunStep" WHERE "runId" = ? AND "state" = 'passed' AND "durationMs" IS NOT NULL`,
  );
  const counts = new Map();
  for (const run of runs.filter(attempted))
    for (const { step } of steps.all(run.id)) {
      const name = JSON.stringify([key(run), step]);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  const rows = [...counts].map(([name, n]) => {
    const [group, step] = JSON.parse(name);
    return { key: group, step, n };
  });
  const timed = runs.filter(
    (run) => attempted(run) && run.finishedAt !== null && run.finishedAt >= run.startedAt,
  );
  return { rows, total: { runs: timed.length, programmingN: sum(timed, passed) } };
}

const MEASURED = {
  targetVoltage: 'target voltage',
  pageErase: 'page erase time',
  halfWord: 'half-word time',
};

function controlReport({ runs, database, groupBy = 'slot', measure = 'targetVoltage' }) {
  const steps = database.prepare(`SELECT count(*) AS n FROM "RunStep" s, json_each(s."measurements") m
    WHERE s."runId" = ? AND m.value ->> 'name' = ?`);
  const measured = ({ id }) => steps.get(id, MEASURED[measure]).n > 0;
  const counts = (some) => ({ runs: some.length, n: sum(some, measured) });
  const attempts = runs.filter(({ outcome }) => outcome !== 'ABORTED');
  const groups = grouped(attempts, [], keyOf(groupBy));
  const rows = [...groups].map(([key, group]) => ({ key, ...counts(group.runs) }));
  return { rows, total: counts(attempts) };
}

function recallReport({ runs }) {
  const boards = new Map();
  for (const run of runs) {
    if (run.board === null || (run.uid === null && run.serial === null)) continue;
    if (!boards.has(run.board)) boards.set(run.board, []);
    boards.get(run.board).push(run);
  }
  const rows = [...boards].map(([board, all]) => {
    const times = all.map(({ startedAt }) => startedAt).sort();
    const { outcome: lastOutcome, slot, workOrder } = all.at(-1);
    return { board, lastOutcome, runs: all.length, firstAt: times[0], lastAt: times.at(-1), slot, workOrder };
  });
  return {
    rows,
    total: { known: boards.size, unknown: sum(runs, ({ uid }) => uid === null), runs: runs.length },
  };
}

/** The boards of the window by the latest identity that was read of each, with what was decided about it. */
function boardsRead(runs, database) {
  const latest = new Map();
  for (const run of runs) if (run.verdict !== null && run.board !== null) latest.set(run.board, run);
  const of = (sql) => database.prepare(sql);
  const judged = of(
    'SELECT "verdict", "resembles", "difference", "assessment" FROM "Reassessment" WHERE "runId" = ?',
  );
  const board = of('SELECT "state", "heldAbout", "lastReason" FROM "Board" WHERE "number" = ?');
  const passes = of(`SELECT max("sequence") AS passedAt FROM "Run" WHERE "board" = ? AND "outcome" = 'PASS'`);
  const decided =
    of(`SELECT "decision", "sequence" AS decidedAt FROM "Decision" WHERE "about" IN ('identity', 'cohort')
    AND ("board" = ? OR ("board" IS NULL AND "lot" = ?)) ORDER BY "sequence" DESC LIMIT 1`);
  return [...latest.values()].map((run) => ({
    ...{ ...run, ...judged.get(run.id), ...board.get(run.board), ...passes.get(run.board) },
    ...(decided.get(run.board, run.lot) ?? { decision: null, decidedAt: Infinity }),
  }));
}

function doneWith({ state, decision, passedAt, lastReason }) {
  const said = { reject: 'rejected', refuse: 'refused', accept: 'accepted' }[decision];
  if (state === 'held') return 'held';
  if (state === 'rejected') return 'rejected';
  if (said) return said;
  if (passedAt !== null) return 'flashed';
  return lastReason === 'identity-differs' ? 'rejected' : 'not-flashed';
}

const tally = (names) => {
  const counts = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

function cloneCounts(boards, { changes, pairs }) {
  const differing = boards.filter(({ verdict }) => verdict === 'differs');
  const otherPart = sum(differing, ({ difference }) => difference === 'part');
  const lots = new Set(boards.map(({ lot }) => lot));
  const families = differing.filter(({ difference }) => difference !== 'part');
  const of = (name) => [sum(boards, ({ verdict }) => verdict === name), boards.length];
  const none = { flashed: 0, accepted: 0, held: 0, rejected: 0, refused: 0, 'not-flashed': 0 };
  return {
    ...{ boards: boards.length, consistent: of('consistent'), differs: of('differs') },
    ...{ insufficient: of('insufficient'), otherPart, otherMaker: differing.length - otherPart },
    families: tally(families.map(({ resembles }) => resembles ?? 'unidentified')),
    held: sum(boards, (one) => one.state === 'held' && ['identity', 'cohort'].includes(one.heldAbout)),
    sameUidTwice: sum(boards, ({ board }) => pairs.has(board)),
    changedWithin: changes.find(({ lot }) => lots.has(lot))?.board ?? null,
    done: { ...none, ...tally(differing.map(doneWith)) },
    leftBeforeDecision: sum(differing, (one) => one.passedAt !== null && one.decidedAt > one.passedAt),
  };
}

function clonesReport({ runs, database, groupBy = 'lot', zone }) {
  const boards = boardsRead(runs, database);
  const lots = new Set();
  const changes = database
    .prepare(`SELECT "lot", "board" FROM "CohortFinding" WHERE "against" = 'lot' ORDER BY "sequence", "id"`)
    .all()
    .filter(({ lot }) => !lots.has(lot) && lots.add(lot));
  const pairs =
    database.prepare(`SELECT f."board" AS board FROM "RecordFinding" f JOIN "Board" b ON b."number" = f."board"
    WHERE f."kind" = 'uid-under-second-serial' AND f."uid" IS NOT NULL AND b."reference" IS NULL`);
  const facts = { changes, pairs: new Set(pairs.all().map(({ board }) => board)) };
  const groups = grouped(boards, [], keyOf(groupBy, zone));
  const against = boards.flatMap(({ assessment }) =>
    (JSON.parse(assessment)?.findings ?? []).filter(({ weight, excused }) => weight < 0 && !excused),
  );
  return {
    rows: [...groups].map(([key, group]) => ({ key, ...cloneCounts(group.runs, facts) })),
    total: { key: 'all', ...cloneCounts(boards, facts) },
    evidence: tally(against.map(({ id }) => id)),
  };
}

function fateOf({ fate, unitId, unit, state, runId, heldBoard }) {
  if (unitId === null || unit === null) return fate;
  if (runId !== null) return 'started';
  if (fate !== null) return fate;
  if (state === 'queued') return heldBoard === null ? 'waiting' : 'held';
  return state === 'cancelled' ? 'cancelled' : 'refused';
}

function ledgerCounts(codes, runs) {
  const fates = { started: 0, waiting: 0, held: 0, refused: 0, expired: 0, cancelled: 0 };
  const ofBoards = codes.filter(({ unitId, fate }) => unitId !== null || fate !== null);
  const known = ofBoards.map(fateOf).filter((fate) => fate !== null);
  const outcomes = { PASS: 0, FAIL: 0, ERROR: 0, TIMEOUT: 0, ABORTED: 0 };
  const ended = runs.filter(({ outcome }) => outcome !== null);
  return {
    ...{ codes: ofBoards.length, ...fates, ...tally(known), unaccounted: ofBoards.length - known.length },
    ...{ otherCodes: codes.length - ofBoards.length, boardsStarted: runs.length, boardsEnded: ended.length },
    ...{ running: runs.length - ended.length, withCode: sum(runs, ({ codes: scanned }) => scanned > 0) },
    outcomes: { ...outcomes, ...tally(ended.map(({ outcome }) => outcome)) },
    balanced: ofBoards.length === known.length && runs.length === ended.length,
  };
}

function shiftLedgerReport({ database, from, to, groupBy = 'shift', zone }) {
  const inWindow = (row) => isIn({ from, to }, row);
  const codes =
    database.prepare(`SELECT s."at" AS startedAt, s."account" AS operator, s."fate" AS fate, s."unitId" AS unitId,
    u."id" AS unit, u."state" AS state, u."runId" AS runId, u."heldBoard" AS heldBoard
    FROM "Scan" s LEFT JOIN "JobUnit" u ON u."id" = s."unitId"`);
  const runs =
    database.prepare(`SELECT "startedAt", "operator", "outcome", (SELECT count(*) FROM "Scan" s, "JobUnit" u
    WHERE u."runId" = r."id" AND s."unitId" = u."id") AS codes FROM "Run" r`);
  const all = { codes: codes.all().filter(inWindow), runs: runs.all().filter(inWindow) };
  const key = keyOf(groupBy, zone, database);
  const keys = new Set([...all.codes, ...all.runs].map(key));
  const of = (name, list) => list.filter((one) => key(one) === name);
  const rows = [...keys].map((name) => ({
    key: name,
    ...ledgerCounts(of(name, all.codes), of(name, all.runs)),
  }));
  return { rows, total: { key: 'all', ...ledgerCounts(all.codes, all.runs) } };
}

const REPORTS = {
  ...{ yield: yieldReport, failures: failuresReport, slots: slotsReport, control: controlReport },
  ...{ 'cycle-time': cycleTimeReport, recall: recallReport, clones: clonesReport },
  ...{ 'shift-ledger': shiftLedgerReport },
};

/** The counts of a report. */
export function recompute(file, report, { from, to, groupBy, measure, timeZone: zone = 'UTC' } = {}) {
  const database = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    const all = runsOf(database);
    const runs = all.filter((run) => isIn({ from, to }, run));
    const lives = livesOf(all).filter(([first]) => isIn({ from, to }, first));
    return REPORTS[report]({ runs, lives, database, from, to, zone, groupBy, measure });
  } finally {
    database.close();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file, report, ...rest] = process.argv.slice(2);
  if (!file || !(report in REPORTS)) {
    process.stderr.write(
      `Usage: node docs/recompute.mjs FILE ${Object.keys(REPORTS).join('|')} [--from INSTANT] …\n`,
    );
    process.exit(3);
  }
  const asked = {};
  for (let at = 0; at < rest.length; at += 2)
    asked[rest[at].slice(2).replace(/-(.)/g, (_, letter) => letter.toUpperCase())] = rest[at + 1];
  const answer = recompute(file, report, asked);
  process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
}
