import { RUN_ROWS } from './runs.ts';
import { REFUSALS, REST_CODES, type RefusalCode } from './table.ts';

test('a code is kebab-case, but for those that were there before the rule', () => {
  const older = /^(usb|probe|target|station|flash|image|records|bench|cli)\.[a-z_-]+$/;
  const odd = Object.keys(REFUSALS).filter((code) => !/^[a-z]+(-[a-z]+)*$/.test(code) && !older.test(code));
  expect(odd).toEqual([]);
});

test('a code that REST answers under another one has the status of that one', () => {
  for (const { answeredAs, status } of Object.values(REFUSALS)) {
    if (answeredAs === undefined) continue;
    expect(REST_CODES).toContain(answeredAs);
    expect(REFUSALS[answeredAs as RefusalCode].status).toBe(status);
  }
});

test('a code that ends a run does so with a reason of the table', () => {
  const reasons = Object.values(REFUSALS).flatMap(({ run }) => run ?? []);
  expect(reasons.length).toBeGreaterThan(40);
  expect(reasons.filter((reason) => !Object.hasOwn(RUN_ROWS, reason))).toEqual([]);
});

test('an operator is told only what an operator can do: no command, no request, no variable', () => {
  for (const [code, { operator }] of Object.entries(REFUSALS))
    expect([code, operator]).toEqual([code, expect.not.stringMatching(/boardwalk|`|\/api\/|BOARDWALK_|--/)]);
});
