import { ScanResult } from '@boardwalk/contracts';
import { loggedInScan, notDone, shownOf } from './scan-look.ts';
import { asIs } from '../words/message.ts';

const result = (over: Partial<ScanResult>): ScanResult => ({
  ...{ meaning: 'unknown', value: 'X', message: 'm', jobId: null, slot: null },
  ...over,
});

test('no two meanings of a scan share their word, and none of what tells them at a distance', () => {
  const meanings = ScanResult.shape.meaning.options.map((meaning) => shownOf(result({ meaning })));
  const all = [...meanings, shownOf(result({ meaning: 'serial', jobId: 'j' })), notDone(asIs('no'))].concat(
    shownOf(result({ meaning: 'serial', jobId: 'j', expects: 'board' })),
    loggedInScan('olga', 'operator'),
  );
  expect(new Set(all.map(({ look }) => look.word)).size).toBe(all.length);
  expect(new Set(all.map(({ look }) => look.shape)).size).toBe(all.length);
});

test('a badge is shown without a code', () => {
  expect(shownOf(result({ meaning: 'badge', value: 'olga' })).name).toBe('');
  expect(loggedInScan('olga', 'operator').message.values).toEqual({ account: 'olga', role: 'operator' });
});

test('only a code of which nothing came is wrong, and the sentence of the station says why', () => {
  const wrong = ScanResult.shape.meaning.options.filter(
    (meaning) => shownOf(result({ meaning })).wrong !== null,
  );
  expect(wrong.sort()).toEqual(['refused', 'unknown']);
  expect(shownOf(result({ message: 'There is no X.' })).wrong).toEqual({
    code: 'X',
    message: asIs('There is no X.'),
  });
});
