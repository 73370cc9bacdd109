import { assess } from '../assess.ts';
import { identityOf } from '../testing/virtual-identity.ts';
import { LEAST_BOARDS, unlikeLot, unlikeReferences, type TraitCount } from './compare.ts';
import { cohortPolicy, cohortSentence } from './policy.ts';
import { bucketOf } from './times.ts';
import { identityTraits, NO_TRAITS, timeTraits, type CohortTrait, type CohortTraits } from './traits.ts';

const Y = '0x20036410';
const Z = '0x20016410';
const board = (traits: Partial<CohortTraits>): CohortTraits => ({ ...NO_TRAITS, ...traits });
const count = (trait: CohortTrait, value: string, boards: number, accepted = false): TraitCount => ({
  ...{ trait, value, boards, accepted },
});

test('a board that reads as nine in ten of eight or more others do is like its lot', () => {
  expect(unlikeLot(board({ revision: Y }), [count('revision', Y, 8)])).toEqual([]);
});

test('a board with another revision than eight others is unlike its lot, with what was read and expected', () => {
  const found = unlikeLot(board({ revision: Z }), [count('revision', Y, 8)]);
  expect(found).toEqual([{ trait: 'revision', value: Z, read: Z, expected: Y, boards: 8, of: 8 }]);
  expect(cohortSentence('lot B7', found)).toBe(
    `Unlike lot B7: the device id and its revision reads ${Z}, and 8 of 8 read ${Y}.`,
  );
});

test('fewer than eight boards say nothing', () => {
  expect(unlikeLot(board({ revision: Z }), [count('revision', Y, LEAST_BOARDS - 1)])).toEqual([]);
});

test.each([
  [9, 1, true],
  [90, 10, true],
  [89, 11, false],
  [8, 1, false],
])('%i boards that agree and %i that do not: a third kind is unlike the lot: %s', (agree, not, unlike) => {
  const counts = [count('revision', Y, agree), count('revision', '0x20006410', not)];
  expect(unlikeLot(board({ revision: Z }), counts).length > 0).toBe(unlike);
});

test('what was not read is unlike nothing', () => {
  const counts = (['revision', 'bootRom', 'core', 'family', 'eraseTime'] as const).map((trait) =>
    count(trait, '1', 100),
  );
  expect(unlikeLot(NO_TRAITS, counts)).toEqual([]);
});

test('a revision that a person accepted is like the lot, and agrees with it', () => {
  const counts = [count('revision', Y, 60), count('revision', Z, 40, true)];
  expect(unlikeLot(board({ revision: Z }), counts)).toEqual([]);
  expect(unlikeLot(board({ revision: '0x10016414' }), counts)).toMatchObject([{ boards: 100, of: 100 }]);
});

test('each trait is compared on its own: protected boards have no boot ROM to compare', () => {
  const counts = [count('revision', Y, 50), count('bootRom', 'aa', 3)];
  expect(unlikeLot(board({ revision: Y, bootRom: 'bb' }), counts)).toEqual([]);
});

test('a time is compared with the range of nine in ten of the lot, a little more or less is like it', () => {
  const step = (ms: number): string => bucketOf(ms)!;
  const counts = [
    count('eraseTime', step(20), 40),
    count('eraseTime', step(25), 50),
    count('eraseTime', step(200), 2),
  ];
  const found = (ms: number) => unlikeLot(board({ eraseTime: step(ms) }), counts);
  for (const ms of [14, 20, 25, 35]) expect(found(ms)).toEqual([]);
  for (const ms of [2, 5, 60, 240])
    expect(found(ms)).toMatchObject([{ trait: 'eraseTime', boards: 90, of: 92 }]);
  expect(found(240)[0]!.read).toMatch(/^about 2\d0 ms$/);
});

test('a step that measured no time has none to compare', () => {
  expect(timeTraits({ pageEraseMs: null, halfWordUs: 0 })).toEqual({ eraseTime: null, halfWordTime: null });
});

test('a board is unlike the golden boards if none of them reads so, and times are not compared', () => {
  const golden = [board({ revision: Y, eraseTime: '1' }), board({ revision: '0x20006410' })];
  expect(unlikeReferences(board({ revision: '0x20006410', eraseTime: '30' }), golden)).toEqual([]);
  expect(unlikeReferences(board({ revision: Z }), golden)).toMatchObject([
    { trait: 'revision', expected: `${Y} or 0x20006410` },
  ]);
  expect(unlikeReferences(board({ revision: Z }), [])).toEqual([]);
});

test.each([
  ['note', true, false, 'note'],
  ['hold', false, false, 'note'],
  ['hold', true, false, 'hold'],
  ['hold', true, true, 'accept'],
] as const)('with "%s", second in a row: %s, accepted by a person: %s, the board is: %s', (...row) => {
  const [onCohortChange, secondInRow, accepted, policy] = row;
  expect(cohortPolicy({ onCohortChange, secondInRow, accepted })).toBe(policy);
});

test('the family of a board is in words, and none where too little was read', async () => {
  const traits = async (spec: string) => {
    const identity = await identityOf(spec);
    return identityTraits(identity, assess(identity));
  };
  expect(await traits('f103cb')).toMatchObject({
    revision: Y,
    core: '0x411fc231',
    family: 'consistent with ST',
  });
  expect(await traits('hk32')).toMatchObject({ family: 'HK32F103' });
  expect(await traits('cks32')).toMatchObject({ core: '0x412fc231', family: 'unidentified' });
  expect((await traits('f103cb+rdp1')).bootRom).toBeNull();
});

test('two boards of one kind have the same traits, whatever their unique ids', async () => {
  const [one, other] = [await identityOf('f103cb'), await identityOf('f103cb+uid=066fff485351885087174799')];
  expect(one.uid).not.toBe(other.uid);
  expect(identityTraits(one, assess(one))).toEqual(identityTraits(other, assess(other)));
});
