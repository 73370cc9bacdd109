import { SERIES } from '@boardwalk/series';
import { EVIDENCE, EXCUSED_BY_PROTECTION, GROUP_BOUNDS } from './evidence.ts';

const ROWS = EVIDENCE.map((row) => [row.id, row] as const);
/** Grades that a row may have (docs/adding/fingerprint.md). */
const GRADES = ['A', 'B', 'C'];

test('no two rows of evidence have one id', () => {
  expect(new Set(EVIDENCE.map(({ id }) => id)).size).toBe(EVIDENCE.length);
});

test.each(ROWS)(
  'the evidence %s has its grade, source and words, and a weight that counts in its group',
  (_id, row) => {
    expect(row.id).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/);
    expect(GRADES).toContain(row.reliability);
    const [least, most] = GROUP_BOUNDS[row.group];
    expect(row.weight).not.toBe(0);
    expect(row.weight).toBeGreaterThanOrEqual(least);
    expect(row.weight).toBeLessThanOrEqual(most);
    expect(row.source.length).toBeGreaterThan(5);
    expect(row.expected.length).toBeGreaterThan(0);
    // The page shows it as the end of "why it matters: ...".
    expect(row.why).toMatch(/^[^.]{10,}[^.]$/);
    for (const name of row.series ?? []) expect(SERIES.map((series) => series.name)).toContain(name);
  },
);

test('what read protection excuses are rows that there are, and none of them speaks of the core or the maker', () => {
  const excused = EVIDENCE.filter(({ id }) => EXCUSED_BY_PROTECTION.test(id));
  expect(excused.length).toBeGreaterThan(5);
  expect(excused.filter(({ group }) => group === 'core' || group === 'vendor')).toEqual([]);
});
