import { Plant } from '../plant.ts';
import type { ReportWindow } from '../window.ts';
import type { CloneBoard, CloneFacts, LotChange, UidPair } from './board.ts';
import { ClonesReport } from './columns.ts';
import { ClonesFold } from './fold.ts';

let next = 0;
const board = (of: Partial<CloneBoard> = {}): CloneBoard => {
  next += 1;
  return {
    ...{ board: next, run: `run_${next}`, sequence: next * 10, at: '2026-11-20T10:00:00.000Z' },
    ...{ serial: `SN${next}`, uid: null, recipe: 'app', workOrder: 'WO', lot: 'B7', supplier: 'Mouser' },
    ...{
      verdict: 'consistent',
      resembles: null,
      difference: null,
      findings: [],
      state: 'free',
      heldAbout: null,
    },
    ...{ passedAt: next * 10 + 5, lastOutcome: 'PASS', lastReason: null, decision: null },
    ...of,
  };
};
const boards = (count: number, of: Partial<CloneBoard> = {}) =>
  Array.from({ length: count }, () => board(of));
const GD: Partial<CloneBoard> = {
  ...{ verdict: 'differs', resembles: 'GD32F1', difference: 'maker', findings: ['FMC_PID', 'VENDOR_JEP'] },
};
const window: ReportWindow = { from: null, to: null };
const report = (
  all: readonly CloneBoard[],
  asked: Partial<ReportWindow> = {},
  facts: Partial<CloneFacts> = {},
) =>
  new ClonesFold({ ...window, ...asked })
    .addFacts({ changes: [], pairs: [], ...facts })
    .addBoards(all)
    .report();

beforeEach(() => (next = 0));

test('boards are counted by verdict and family, each share with its interval', () => {
  const { total, rows } = report([
    ...boards(57),
    ...boards(2, GD),
    ...boards(1, { ...GD, resembles: null }),
    ...boards(1, { verdict: 'differs', difference: 'part', findings: ['DENSITY_DIFF'] }),
    ...boards(3, { verdict: 'insufficient' }),
  ]);
  expect(total).toMatchObject({
    ...{ key: 'all', boards: 64, families: { GD32F1: 2, unidentified: 1 }, otherMaker: 3, otherPart: 1 },
    consistent: {
      count: 57,
      of: 64,
      low: expect.closeTo(0.791, 3) as number,
      high: expect.closeTo(0.946, 3) as number,
    },
    differs: { count: 4, of: 64 },
    insufficient: { count: 3, of: 64 },
  });
  expect(rows).toEqual([{ ...total, key: 'B7', links: expect.any(Object) as object }]);
});

test('rows are by lot, supplier, order, recipe or day of the plant, in the order that people expect', () => {
  const all = [
    board({ lot: 'B10', supplier: null, at: '2026-11-20T23:30:00.000Z' }),
    board({ lot: 'B2', recipe: 'boot' }),
    board({ lot: null, workOrder: null }),
  ];
  const keys = (groupBy: ReportWindow['groupBy'], timeZone?: string) =>
    report(all, { groupBy, plant: new Plant(timeZone) }).rows.map(({ key }) => key);
  expect(keys(undefined)).toEqual(['B2', 'B10', null]);
  expect(keys('supplier')).toEqual(['Mouser', null]);
  expect(keys('workOrder')).toEqual(['WO', null]);
  expect(keys('recipe')).toEqual(['app', 'boot']);
  expect(keys('day')).toEqual(['2026-11-20']);
  expect(keys('day', 'Europe/Berlin')).toEqual(['2026-11-20', '2026-11-21']);
});

test.each([
  ['flashed', {}],
  ['accepted', { decision: { decision: 'accept', decidedBy: 'q', decidedAt: '', sequence: 1 } }],
  ['rejected', { decision: { decision: 'reject', decidedBy: 'q', decidedAt: '', sequence: 1 } }],
  ['refused', { decision: { decision: 'refuse', decidedBy: 'q', decidedAt: '', sequence: 1 } }],
  ['rejected', { passedAt: null, lastOutcome: 'FAIL', lastReason: 'identity-differs' }],
  ['held', { state: 'held', heldAbout: 'identity', passedAt: null }],
  ['not-flashed', { passedAt: null, lastOutcome: 'ERROR', lastReason: 'probe-lost' }],
] as const)('a board that differs is: %s', (done, of) => {
  const answer = report([board({ ...GD, ...of })]);
  expect(answer.boards).toMatchObject([{ done }]);
  expect(answer.total.done[done]).toBe(1);
});

test('a board that passed before anybody decided about it has left before a decision', () => {
  const decided = (sequence: number) => ({
    decision: 'reject',
    decidedBy: 'q.meier',
    decidedAt: 'later',
    sequence,
  });
  const answer = report([
    board({ ...GD, passedAt: 15, decision: decided(20) }),
    board({ ...GD, passedAt: 25, decision: decided(20) }),
    board({ ...GD, passedAt: null, decision: decided(20) }),
    board(GD),
  ]);
  expect(answer.total.leftBeforeDecision).toBe(2);
  expect(
    answer.boards.map(({ board: number, leftBeforeDecision, decidedBy }) => [
      number,
      leftBeforeDecision,
      decidedBy,
    ]),
  ).toEqual([
    [4, true, null],
    [3, false, 'q.meier'],
    [2, false, 'q.meier'],
    [1, true, 'q.meier'],
  ]);
});

test('the matrix says in how many boards of each lot a finding fired', () => {
  const { evidence } = report([...boards(2, GD), board({ lot: 'B8', findings: ['FMC_PID'] }), ...boards(5)]);
  expect(evidence).toEqual([
    {
      finding: 'FMC_PID',
      boards: 3,
      byKey: [
        { key: 'B7', boards: 2 },
        { key: 'B8', boards: 1 },
      ],
    },
    {
      finding: 'VENDOR_JEP',
      boards: 2,
      byKey: [
        { key: 'B7', boards: 2 },
        { key: 'B8', boards: 0 },
      ],
    },
  ]);
});

test('boards held about identity or lot are counted, those held about the record are not', () => {
  const held = (heldAbout: string) => board({ state: 'held', heldAbout });
  expect(report([held('identity'), held('cohort'), held('record')]).total.held).toBe(2);
});

test('the first board at which a lot changed is named, for the lots that the report is about', () => {
  const change = (lot: string, number: number): LotChange => ({
    ...{ lot, board: number, run: 'run', sequence: number, trait: 'revision', read: '0x20016410' },
    ...{ expected: '0x20036410', boards: 56, of: 56, foundAt: '2026-11-20T10:00:00.000Z' },
  });
  const all = [board(), board({ lot: 'B8' }), board({ lot: 'B9' })];
  const answer = report(all, {}, { changes: [change('B8', 57), change('OTHER', 99)] });
  expect(answer.rows.map(({ changedWithin }) => changedWithin)).toEqual([null, 57, null]);
  expect(answer.lotChanges).toMatchObject([{ lot: 'B8', board: 57, read: '0x20016410', boards: 56, of: 56 }]);
  expect(report(all, { groupBy: 'supplier' }, { changes: [change('B8', 57)] }).rows[0]!.changedWithin).toBe(
    57,
  );
});

test('a unique id under two serials is a pair of the record, and no verdict', () => {
  const pair: UidPair = {
    ...{
      uid: '066fff485351885087174728',
      board: 1,
      serial: 'SN1',
      otherSerial: 'SN9',
      policy: 'accept',
      foundAt: '',
    },
  };
  const answer = report(boards(3), {}, { pairs: [pair] });
  expect(answer.total).toMatchObject({ sameUidTwice: 1, differs: { count: 0 } });
  expect(answer.uidPairs).toMatchObject([
    { serial: 'SN1', otherSerial: 'SN9', link: '/api/v1/boards/1?by=number' },
  ]);
});

test('each count leads to the list of its boards', () => {
  const { rows, total } = report(boards(1), { from: '2026-11-20T00:00:00Z', filters: { recipe: 'app' } });
  expect(rows[0]!.links['differs']).toBe(
    '/api/v1/boards?recipe=app&from=2026-11-20T00%3A00%3A00Z&counted=lot&lot=B7&verdict=differs',
  );
  expect(total.links['held']).toBe(
    '/api/v1/boards?recipe=app&from=2026-11-20T00%3A00%3A00Z&counted=true&state=held',
  );
});

test('a row without a lot, a row of a lot that was asked for and a row of a day lead to their boards too', () => {
  const linkOf = (all: readonly CloneBoard[], asked: Partial<ReportWindow>) =>
    report(all, asked).rows[0]!.links['boards'];
  expect(linkOf(boards(1, { lot: null }), {})).toBe('/api/v1/boards?counted=lot&lot=');
  expect(linkOf(boards(1), { filters: { lot: 'B7' } })).toBe('/api/v1/boards?lot=B7&counted=true');
  expect(linkOf(boards(1), { groupBy: 'day', plant: new Plant('Europe/Berlin') })).toBe(
    `/api/v1/boards?${new URLSearchParams({
      ...{ counted: 'true', readFrom: '2026-11-19T23:00:00.000Z', readTo: '2026-11-20T23:00:00.000Z' },
    }).toString()}`,
  );
});

test('the trend is by supplier and day', () => {
  const { trend } = report([
    ...boards(3),
    board(GD),
    board({ ...GD, supplier: 'LCSC', at: '2026-11-21T10:00:00.000Z' }),
  ]);
  expect(trend).toMatchObject([
    { supplier: 'LCSC', day: '2026-11-21', differs: { count: 1, of: 1 } },
    { supplier: 'Mouser', day: '2026-11-20', differs: { count: 1, of: 4 } },
  ]);
});

test('parts of the history in any cut give one answer, which is as the contract says; many boards are listed to a limit', () => {
  const all = boards(2500, GD);
  const whole = report(all);
  const fold = new ClonesFold(window);
  for (let at = 0; at < all.length; at += 333) fold.addBoards(all.slice(at, at + 333));
  expect(fold.report()).toEqual(whole);
  expect(ClonesReport.parse(whole)).toEqual(whole);
  expect(whole.boards.map((one) => one.board)).toEqual(
    Array.from({ length: 1000 }, (_, index) => 2500 - index),
  );
  expect(whole.total.differs.count).toBe(2500);
});

test('nothing in the report says "genuine" of a chip but in the rule, and nothing accuses', () => {
  const text = JSON.stringify(report(boards(2, GD)));
  expect(text).not.toMatch(/fake|counterfeit|fraud|is genuine|\bclone\b/i);
});
