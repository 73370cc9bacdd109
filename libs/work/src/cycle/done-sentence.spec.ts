import { doneSentence } from './done-sentence.ts';

test('a board that passed today is done at a time, one of another day at a date', () => {
  const at = '2026-11-20T13:02:59.000Z';
  expect(doneSentence('SN1', 'WO-1', at, '2026-11-20T22:00:00Z', 'UTC')).toBe(
    'SN1: DONE 13:02 UTC in WO-1. To test it again, scan %BW-AGAIN.',
  );
  expect(doneSentence('SN1', 'WO-1', at, '2026-11-21T08:00:00Z', 'UTC')).toMatch(/DONE 2026-11-20 13:02 UTC/);
  expect(doneSentence('SN1', 'WO-1', at, '2026-11-20T22:00:00Z', 'Asia/Shanghai')).toMatch(
    /DONE 2026-11-20 21:02 GMT\+8/,
  );
});

test('without a time zone the time is in UTC, wherever the host is', () => {
  expect(doneSentence('SN1', 'WO-1', '2026-11-20T23:59:00Z', '2026-11-21T00:01:00Z')).toMatch(
    /DONE 2026-11-20 23:59 UTC in/,
  );
});
