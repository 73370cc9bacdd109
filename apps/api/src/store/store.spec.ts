import { OPEN_JOB_STATES, STARTING_JOB_STATES } from '@boardwalk/contracts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const STORE = fileURLToPath(new URL('.', import.meta.url));

const files = readdirSync(STORE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
  .map((name) => ({ name, text: readFileSync(join(STORE, name), 'utf8') }));

const statementsIn = (text: string): number => text.match(/\.\$(?:query|execute)Raw/g)?.length ?? 0;

test('a file of the store sends one statement at most', () => {
  const counts = files.map(({ name, text }) => ({ name, statements: statementsIn(text) }));
  expect(counts.filter(({ statements }) => statements > 1)).toEqual([]);
  // What finds nothing would pass.
  expect(counts.filter(({ statements }) => statements === 1).length).toBeGreaterThan(30);
});

/** A condition on several states, such as `IN ('queued', 'running')`, whose words are written in the statement. */
const listsOf = (text: string): string[] =>
  Array.from(text.matchAll(/"state" (?:NOT )?IN \(([^)$]*)\)/g), ([, words]) =>
    words!.replace(/['\s]/g, '').split(',').sort().join(' '),
  );

test('no statement has a list of job states of its own', () => {
  const known = [OPEN_JOB_STATES, STARTING_JOB_STATES].map((states) => [...states].sort().join(' '));
  const copies = files.filter(({ text }) => listsOf(text).some((list) => known.includes(list)));
  expect(copies.map(({ name }) => name)).toEqual([]);
  expect(listsOf(`j."state" IN ('running', 'queued')`)).toEqual([[...STARTING_JOB_STATES].sort().join(' ')]);
  expect(files.some(({ text }) => listsOf(text).length > 0)).toBe(true);
});
