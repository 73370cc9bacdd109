/**
 * Loaded into a station ahead of its own code (`--import`): kills the process right before or right after one commit of
 * its database, as `orders.json` in the folder BOARDWALK_DEATHS says:
 *
 *     { "when": "before" | "after", "nth": 3, "of": "run.step program passed" | null }
 *
 * `of` counts the commits of that name alone; without a `when` nobody dies. Commits are counted from when the orders are
 * there, and each is a line of `journal.jsonl` beside them, written ahead of the death: its name, and the hashes of the
 * rows that it added to the event chain. Transactions that wrote nothing are no commits.
 *
 * `start-cost` holds the processor time of the event loop's thread, in nanoseconds, at the moment at which the station
 * says where it answers (Linux). Read later, from outside, it would count what the station does after its start too.
 */
import Sqlite from 'better-sqlite3';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

const folder = process.env.BOARDWALK_DEATHS;
const seen = new Map();
/** What the transaction that is open has written so far; a station writes over one connection. */
let written = [];
let orders = null;
let count = 0;

function ordersNow() {
  try {
    orders ??= JSON.parse(readFileSync(join(folder, 'orders.json'), 'utf8'));
  } catch (cause) {
    if (cause.code !== 'ENOENT') throw cause;
  }
  return orders;
}

/** Rows of the event chain, where the statement adds some. */
function chainRows({ source }, values) {
  return /^\s*INSERT INTO "Event"/.test(source) && typeof values[0] === 'string' ? JSON.parse(values[0]) : [];
}

function nameOf({ type, data }) {
  const { step } = type === 'run.step' ? JSON.parse(data) : {};
  return step ? `${type} ${step.index} ${step.step} ${step.state}` : type;
}

/** The events of a commit name it; without one, what it did to which table. */
function commitOf(writes) {
  const rows = writes.flatMap(({ rows }) => rows);
  const words = rows.length > 0 ? rows.map(nameOf) : writes.map(({ verb }) => verb);
  return { name: [...new Set(words)].join(' + '), hashes: rows.map(({ hash }) => hash) };
}

/** Does the commit, with its death where that is due. */
function commit(writes, act) {
  if (writes.length === 0 || !ordersNow()) return act();
  const { name, hashes } = commitOf(writes);
  count += 1;
  seen.set(name, (seen.get(name) ?? 0) + 1);
  const { when, nth, of } = orders;
  const due = when !== undefined && (of === null ? count === nth : of === name && seen.get(name) === nth);
  const say = () =>
    appendFileSync(join(folder, 'journal.jsonl'), `${JSON.stringify({ count, name, hashes, fatal: due })}\n`);
  if (due && when === 'before') {
    say();
    process.kill(process.pid, 'SIGKILL');
  }
  const result = act();
  say();
  if (due) process.kill(process.pid, 'SIGKILL');
  return result;
}

function changed(result) {
  const changes = result?.changes ?? (Array.isArray(result) ? result.length : 1);
  return BigInt(changes) > 0n;
}

function watch(method, proto) {
  const original = proto[method];
  proto[method] = function (...values) {
    const act = () => original.apply(this, values);
    const { source, readonly, database } = this;
    if (/^\s*COMMIT/i.test(source)) {
      const writes = written;
      written = [];
      return commit(writes, act);
    }
    if (/^\s*(BEGIN|ROLLBACK\s*$)/i.test(source)) written = [];
    if (readonly || /^\s*(BEGIN|PRAGMA)/i.test(source)) return act();
    const verb = /^\s*(\w+\s+(?:INTO\s+|FROM\s+)?[^\s(]+)/.exec(source)?.[1].replace(/[`"]|main\./g, '');
    const write = { verb, rows: chainRows(this, bound.get(this) ?? values.flat()) };
    // A write on its own commits by itself.
    if (!database.inTransaction) return commit([write], act);
    const result = act();
    if (changed(result)) written.push(write);
    return result;
  };
}

function noteStartCost() {
  // Documentation/scheduler/sched-stats.rst: the first field is the time on the processor.
  const statistics = `/proc/self/task/${process.pid}/schedstat`;
  if (!existsSync(statistics)) return;
  const write = process.stdout.write;
  process.stdout.write = function (chunk, ...rest) {
    if (String(chunk).includes('http://')) {
      writeFileSync(join(folder, 'start-cost'), readFileSync(statistics, 'latin1').split(' ')[0]);
      process.stdout.write = write;
    }
    return write.call(this, chunk, ...rest);
  };
}

const bound = new WeakMap();
if (isMainThread && folder) {
  noteStartCost();
  const memory = new Sqlite(':memory:');
  const proto = Object.getPrototypeOf(memory.prepare('SELECT 1'));
  memory.close();
  const bind = proto.bind;
  proto.bind = function (...values) {
    bound.set(this, values.flat());
    return bind.apply(this, values);
  };
  for (const method of ['run', 'get', 'all']) watch(method, proto);
}
