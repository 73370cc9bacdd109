import { endsOf, SHOWN_ENDS, withEnd, type RunEnd } from './run-ends.ts';

const run = (id: string, outcome: RunEnd['outcome'] | null = 'PASS') => ({
  ...{ id, slot: '1', outcome, serial: `SN-${id}`, reason: null },
});
const ids = (ends: readonly RunEnd[]) => ends.map(({ runId }) => runId);

test('an end is first of the last ones, and the oldest one is left out', () => {
  const many = Array.from({ length: SHOWN_ENDS }, (_, index) => run(`old-${index}`));
  const after = withEnd(endsOf(many), run('new'));
  expect(ids(after)).toEqual(['new', ...ids(endsOf(many)).slice(0, -1)]);
});

test('an end that is told of twice is shown once', () => {
  const once = withEnd([], run('a'));
  expect(ids(withEnd(withEnd(once, run('b')), run('a')))).toEqual(['a', 'b']);
});

test('a run at work has no end', () => {
  expect(ids(endsOf([run('a', null), run('b', 'FAIL')]))).toEqual(['b']);
  expect(withEnd([], run('a', null))).toEqual([]);
});
