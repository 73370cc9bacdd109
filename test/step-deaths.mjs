/**
 * Loaded into a command ahead of its own code (`--import`): counts the steps that change something on the disk, and kills
 * the process right before or right after one of them, as BOARDWALK_STEP says: `before 3`, `after 3`, or `count`, which
 * writes what each step does to BOARDWALK_STEPS, a line each, when the process ends.
 */
import Sqlite from 'better-sqlite3';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const CHANGES = [
  'renameSync',
  'linkSync',
  'rmSync',
  'unlinkSync',
  'copyFileSync',
  'writeFileSync',
  'writeSync',
];
const MORE_CHANGES = ['appendFileSync', 'chmodSync', 'mkdirSync', 'fsyncSync'];
const [when, nth] = (process.env.BOARDWALK_STEP ?? '').split(' ');
let count = 0;
const said = [];

function step(words, act) {
  count += 1;
  said.push(words.replaceAll('\n', ' '));
  const due = count === Number(nth);
  if (due && when === 'before') process.kill(process.pid, 'SIGKILL');
  const result = act();
  if (due && when === 'after') process.kill(process.pid, 'SIGKILL');
  return result;
}

function watch(object, name, counts) {
  const original = object[name];
  object[name] = function (...values) {
    const act = () => original.apply(this, values);
    return counts(this, values) ? step(`${name} ${String(this?.source ?? values[0])}`, act) : act();
  };
}

if (isMainThread && when) {
  const write = fs.writeFileSync;
  for (const name of [...CHANGES, ...MORE_CHANGES]) watch(fs, name, () => true);
  syncBuiltinESMExports();
  const memory = new Sqlite(':memory:');
  const statement = Object.getPrototypeOf(memory.prepare('SELECT 1'));
  memory.close();
  const commits = /^\s*(COMMIT|VACUUM|DROP)/i;
  for (const name of ['run', 'get', 'all']) watch(statement, name, ({ source }) => commits.test(source));
  watch(Sqlite.prototype, 'exec', (_, [sql]) => commits.test(sql));
  process.on('exit', () => {
    if (when === 'count') write(process.env.BOARDWALK_STEPS, said.join('\n'));
  });
}
