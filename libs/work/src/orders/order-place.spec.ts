import { lossAfterCompletion, placeIn, type OrderFacts } from './order-place.ts';

const NOW = '2026-11-20T14:00:00.000Z';
const order = (rest: Partial<OrderFacts>): OrderFacts => ({
  ...{ id: 'WO-1', state: 'open', quantity: 30, passed: 10, running: 2, notBefore: null, notAfter: null },
  ...rest,
});

test.each<[Partial<OrderFacts>, string | null, RegExp | null]>([
  [{}, null, null],
  [{ passed: 28, running: 1 }, null, null],
  [{ passed: 28, running: 2 }, 'full', /^Work order WO-1 has no place left: 28 of 30 passed and 2 at work\./],
  [{ state: 'closed' }, 'closed', /is closed/],
  [{ state: 'completed', passed: 29 }, 'completed', /has its 30 boards/],
  [{ state: 'held' }, 'held', /held for quality/],
  [{ state: 'paused' }, 'paused', /is paused/],
  [{ notBefore: '2026-11-20T14:00:00.001Z' }, 'not-begun', /begins at 2026-11-20T14:00:00.001Z/],
  [{ notBefore: NOW }, null, null],
  [{ notAfter: NOW }, 'over', /ended at/],
])('an order with %o has no place because of: %s', (rest, why, sentence) => {
  const place = placeIn(order(rest), NOW);
  expect(place.open ? null : place.why).toBe(why);
  if (sentence) expect(place).toMatchObject({ sentence: expect.stringMatching(sentence) as string });
});

test.each([
  [30, 0, null],
  [29, 0, '29 of 30: one failed after completion'],
  [27, 0, '27 of 30: 3 failed after completion'],
  [29, 1, '29 of 30: one was replaced after completion'],
  [27, 2, '27 of 30: one failed and 2 were replaced after completion'],
])('a completed order of 30 with %i passed, of which %i replaced, says: %s', (passed, replaced, says) => {
  expect(lossAfterCompletion({ quantity: 30, passed, replaced })).toBe(says);
});
