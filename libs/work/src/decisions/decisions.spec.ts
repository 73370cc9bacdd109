import { DECISIONS, isAbout, misfitOf, type BoardState, type DecisionName } from './decisions.ts';

const board = (state: BoardState, heldAbout: string | null = null) => ({ number: 4, state, heldAbout });
const names = Object.keys(DECISIONS) as DecisionName[];

test.each(names)('"%s" fits a board that is held about the record', (decision) => {
  expect(misfitOf({ about: 'record', decision }, board('held', 'record'))).toBeNull();
});

test.each(names)('"%s" about the record does not fit a board that is held about its identity', (decision) => {
  expect(misfitOf({ about: 'record', decision }, board('held', 'identity'))).toBe(
    'Board 4 is held about identity, not about record. Send "about": "identity".',
  );
});

test.each([
  ['free', ['duplicate-uid', 'reject']],
  ['rejected', ['duplicate-uid', 'accept']],
] as const)('of a board that is %s only %j can be decided', (state, fits) => {
  expect(names.filter((decision) => misfitOf({ about: 'record', decision }, board(state)) === null)).toEqual(
    fits,
  );
});

test('an identity or a cohort is accepted, rejected or refused; only a record has two boards', () => {
  for (const about of ['identity', 'cohort'] as const)
    expect(names.filter((decision) => isAbout(decision, about))).toEqual(['accept', 'reject', 'refuse']);
});
