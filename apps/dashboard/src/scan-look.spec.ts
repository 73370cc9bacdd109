import { ScanResult } from '@boardwalk/contracts';
import { loggedInScan, refusedScan, shownOf } from './scan-look.ts';

const result = (over: Partial<ScanResult>): ScanResult => ({
  ...{ meaning: 'unknown', value: 'X', message: 'm', jobId: null, slot: null },
  ...over,
});

test('no two meanings of a scan share their word, and none of what tells them at a distance', () => {
  const meanings = ScanResult.shape.meaning.options.map((meaning) => shownOf(result({ meaning })));
  const all = [...meanings, shownOf(result({ meaning: 'serial', jobId: 'j' })), refusedScan('no')].concat(
    shownOf(result({ meaning: 'serial', jobId: 'j', expects: 'board' })),
  );
  expect(new Set(all.map(({ look }) => look.word)).size).toBe(all.length);
  expect(new Set(all.map(({ look }) => look.shape)).size).toBe(all.length);
});

test('a badge is shown without a code', () => {
  expect(shownOf(result({ meaning: 'badge', value: 'olga' })).name).toBe('');
  expect(loggedInScan('olga', 'operator').message).toMatch(/^olga \(operator\)/);
});
