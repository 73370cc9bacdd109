import { jest } from '@jest/globals';
import { BoardQuery, type CreateDecision } from '@boardwalk/contracts';
import { BoardList } from '../boards/board-list.ts';
import { BoardLookup } from '../boards/board-lookup.ts';
import { asCaller } from '../events/caller.ts';
import type { Claim } from '../jobs/claims.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';

jest.setTimeout(120_000);

const [A, B] = ['066fff485351885087174728', '066cff485349755087114331'];

let bench: LedgerBench;
beforeEach(async () => {
  bench = await new LedgerBench().open();
  await bench.recipe({ name: 'app' });
  await bench.order({ id: 'WO', recipe: { name: 'app' }, quantity: 2, lot: 'L1', supplier: 'Mouser' });
});
afterEach(() => bench.close());

const post = (serial: string, again?: string) =>
  bench.post({ workOrder: 'WO', units: [{ slot: '1', serial, again }] });
const decide = (
  id: string | number,
  decision: CreateDecision['decision'],
  about: CreateDecision['about'] = 'record',
) =>
  asCaller({ actor: 'q.meier', role: 'quality', reason: null }, () =>
    bench.decisions.ofBoard(String(id), {}, { about, decision, reason: 'looked at both' }),
  );
const boardOf = (uid: string) => bench.database.board.findUniqueOrThrow({ where: { uid } });

async function pass(serial: string, uid: string): Promise<void> {
  await post(serial);
  await bench.end((await bench.claim('1', uid))!, 'PASS');
}
/** SN1 passed on chip A; now it comes with chip B, which is held. */
async function heldB(): Promise<string> {
  await pass('SN1', A);
  const { id } = await post('SN1', 'came back');
  const { claim, waiting } = await bench.offer('1', { uid: B });
  expect(claim).toBeNull();
  expect(waiting).toMatchObject({
    reason: 'record-held',
    detail: expect.stringContaining(`Serial SN1 belongs to chip ${A}`) as string,
  });
  return id;
}

test('a serial that comes with a second chip holds the board before any run, and asked again nothing changes', async () => {
  const id = await heldB();
  const board = await boardOf(B);
  expect(board).toMatchObject({ state: 'held', heldAbout: 'record', heldReason: 'record-held', runs: 0 });
  const events = await bench.events.lastId();
  expect((await bench.offer('1', { uid: B })).waiting).toMatchObject({ reason: 'board-held' });
  expect((await bench.offer('1', { uid: B })).claim).toBeNull();
  expect(await bench.events.lastId()).toBe(events + 1);
  expect(await bench.jobs.get(id)).toMatchObject({
    ...{ state: 'queued', counts: { running: 0, aborted: 0 } },
    unitReasons: [{ serial: 'SN1', state: 'waiting', board: board.number }],
  });
  expect(await bench.database.recordFinding.findMany()).toMatchObject([
    { kind: 'serial-on-second-uid', serial: 'SN1', uid: B, otherUid: A, policy: 'hold', runId: null },
  ]);
  expect(await bench.database.run.count()).toBe(1);
});

test('replaced: the new chip has the serial, the old one keeps its history and the order counts it no more', async () => {
  await pass('SN2', '066cff485349755087114399');
  await heldB();
  expect(await bench.orders.get('WO')).toMatchObject({ state: 'completed', passed: 2 });
  const decision = await decide('SN1', 'replaced');
  const [a, b] = [await boardOf(A), await boardOf(B)];
  expect(decision).toMatchObject({
    ...{ about: 'record', decision: 'replaced', reason: 'looked at both', serial: 'SN1', uid: B },
    ...{ decidedBy: 'q.meier', role: 'quality', boards: [b.number, a.number] },
  });
  expect(a).toMatchObject({ serial: null, runs: 1, passes: 1 });
  expect(b).toMatchObject({ serial: 'SN1', state: 'free' });
  expect(await bench.orders.get('WO')).toMatchObject({
    ...{ state: 'completed', passed: 1, reason: '1 of 2: one was replaced after completion' },
  });
  const event = await bench.database.event.findUniqueOrThrow({ where: { id: decision.sequence } });
  expect(event).toMatchObject({
    type: 'decision.made',
    actor: 'q.meier',
    subject: `board/${a.number}/decision`,
  });
  // The new board takes the place of the old one; a board that the order never had does not.
  await expect(post('SN8', 'again')).rejects.toMatchObject({ code: 'work-order-ended' });
  await bench.end((await bench.claim('1', B))!, 'PASS');
  expect(await bench.orders.get('WO')).toMatchObject({ state: 'completed', passed: 2 });
});

test('a chip whose serial a decision gave to another chip is held when it comes under a new one', async () => {
  await heldB();
  await decide('SN1', 'same-board');
  await bench.end((await bench.claim('1', B))!, 'PASS');
  await bench.order({ id: 'WO-2', recipe: { name: 'app' }, quantity: 2 });
  const { id } = await bench.post({ workOrder: 'WO-2', units: [{ serial: 'SN7' }] });
  expect((await bench.offer('1', { uid: A })).waiting).toMatchObject({
    reason: 'record-held',
    detail: expect.stringContaining(`(${A}) had serial SN1`) as string,
  });
  await decide('SN7', 'same-board');
  expect(await bench.claim('1', A)).toMatchObject({ serial: 'SN7', unit: { jobId: id } });
});

test('a serial that a decision took from a chip holds the next chip that comes with it', async () => {
  await pass('SN1', A);
  await post('SN9');
  await bench.offer('1', { uid: A });
  await decide(A, 'same-board');
  await bench.end((await bench.claim('1', A))!, 'PASS');
  await bench.order({ id: 'WO-2', recipe: { name: 'app' }, quantity: 2 });
  const free = (serial: string) => bench.post({ workOrder: 'WO-2', units: [{ serial }] });
  await free('SN1');
  const { id } = await free('SN5');
  // A unit that no record contradicts goes first.
  const claim = (await bench.claim('1', B))!;
  expect(claim).toMatchObject({ serial: 'SN5', unit: { jobId: id } });
  await bench.end(claim, 'PASS');
  expect((await bench.offer('2', { uid: '066cff485349755087114399' })).waiting).toMatchObject({
    reason: 'record-held',
    detail: expect.stringContaining(`Serial SN1 was on chip ${A}`) as string,
  });
});

test.each(['same-board', 'accept', 'duplicate-uid'] as const)(
  '%s: the unit that waited goes on, and the next run is not held for it again',
  async (decision) => {
    await pass('SN1', A);
    await post('SN9');
    expect((await bench.offer('1', { uid: A })).waiting).toMatchObject({ reason: 'record-held' });
    await decide(A, decision);
    const claim = await bench.claim('1', A);
    expect(claim?.serial).toBe('SN9');
    await bench.end(claim!, 'FAIL', 'verify-mismatch');
    await post('SN9');
    expect((await bench.claim('1', A))?.serial).toBe('SN9');
    const board = await boardOf(A);
    expect(board.serial).toBe({ 'same-board': 'SN9', accept: 'SN9', 'duplicate-uid': 'SN1' }[decision]);
  },
);

test('refuse ends the unit that waits; reject keeps the board out until it is accepted', async () => {
  const id = await heldB();
  const { number } = await boardOf(B);
  await decide(number, 'refuse');
  expect(await bench.jobs.get(id)).toMatchObject({
    ...{ state: 'completed', unitReasons: [{ state: 'refused', reason: 'Refused: looked at both' }] },
  });
  await decide(number, 'reject');
  await post('SN3');
  expect((await bench.offer('1', { uid: B })).waiting).toMatchObject({
    ...{ reason: 'board-rejected', detail: expect.stringContaining('looked at both') as string },
  });
  await decide(number, 'accept');
  expect((await bench.claim('1', B))?.serial).toBe('SN3');
});

test('a decision that does not fit the board is refused with what to do; the same one again is answered again', async () => {
  await pass('SN1', A);
  await expect(decide('SN1', 'same-board')).rejects.toMatchObject({
    ...{
      code: 'wrong-state',
      message: expect.stringMatching(/^Board 1 is free; "same-board" is for/) as string,
    },
  });
  await expect(decide('SN7', 'accept')).rejects.toMatchObject({ code: 'not-found' });
  await post('SN9');
  await bench.offer('1', { uid: A });
  await expect(decide('SN9', 'replaced')).rejects.toMatchObject({
    message: 'No other board has serial SN9, so none was replaced. Decide "same-board" instead.',
  });
  await expect(decide('SN9', 'accept', 'identity')).rejects.toMatchObject({
    message: 'Board 1 is held about record, not about identity. Send "about": "record".',
  });
  const first = await decide('SN9', 'same-board');
  expect(await decide('SN9', 'same-board')).toEqual(first);
  expect(await bench.database.decision.count()).toBe(1);
});

/** A run as a bench would end it whose chip differs. @returns whether its recipe still holds for that */
async function differs(claim: Claim): Promise<boolean> {
  const holds = claim.recipe.steps.some((step) => step.step === 'identify' && step.onDiffers === 'hold');
  if (holds) await bench.end(claim, 'ABORTED', 'identity-held');
  else await bench.end(claim, 'PASS');
  return holds;
}

test('a chip that differs is held about its identity by its run, and accepted it is not held again', async () => {
  await bench.recipe({ name: 'strict', onDiffers: 'hold' });
  await bench.post({ recipe: { name: 'strict' }, units: [{ slot: '1', serial: 'SN1' }] });
  expect(await differs((await bench.claim('1', A))!)).toBe(true);
  expect(await boardOf(A)).toMatchObject({ state: 'held', heldAbout: 'identity', attempts: 0 });
  await bench.post({ recipe: { name: 'strict' }, units: [{ slot: '1', serial: 'SN1' }] });
  expect((await bench.offer('1', { uid: A })).waiting).toMatchObject({ reason: 'board-held' });
  await decide(A, 'accept', 'identity');
  const claim = await bench.claim('1', A);
  expect(claim?.recipe.steps).toContainEqual(
    expect.objectContaining({ step: 'identify', onDiffers: 'accept' }),
  );
  expect((await bench.recipes.get('strict')).steps).toContainEqual(
    expect.objectContaining({ step: 'identify', onDiffers: 'hold' }),
  );
});

test('a board that neither a unique id nor a serial tells is held and accepted for as long as it is in its socket', async () => {
  await bench.recipe({ name: 'strict', onDiffers: 'hold' });
  const post = () => bench.post({ recipe: { name: 'strict' }, units: [{ slot: '1' }] });
  await post();
  expect(await differs((await bench.claim('1', null))!)).toBe(true);
  const { number } = await bench.database.board.findFirstOrThrow({ where: { state: 'held' } });
  await post();
  expect((await bench.offer('1')).waiting).toMatchObject({ reason: 'board-held' });
  await decide(number, 'accept', 'identity');
  expect(await differs((await bench.claim('1', null))!)).toBe(false);
  expect(await bench.database.board.findUniqueOrThrow({ where: { number } })).toMatchObject({
    ...{ runs: 2, passes: 1, lastOutcome: 'PASS' },
  });
  // The next board in the socket is another one.
  await post();
  const { claim } = await bench.offer('1', { insertion: 2 });
  expect(await differs(claim!)).toBe(true);
});

test('a decision about a lot reaches boards that neither a unique id nor a serial tells', async () => {
  await bench.recipe({ name: 'strict', onDiffers: 'hold' });
  await bench.order({ id: 'WO-2', recipe: { name: 'strict' }, quantity: 9, lot: 'L2' });
  await bench.decisions.ofLot('L2', { about: 'identity', decision: 'accept', reason: 'new date code' });
  await bench.post({ workOrder: 'WO-2', units: [{ slot: '1' }] });
  expect(await differs((await bench.claim('1', null))!)).toBe(false);
});

test('a board that is held before any run is in the list of held boards, and after the decision in none', async () => {
  await heldB();
  const list = new BoardList(bench.database);
  const listed = async (query: object) =>
    (await list.page(BoardQuery.parse(query))).data.map(({ uid, state }) => [uid, state]);
  expect(await listed({ state: 'held' })).toEqual([[B, 'held']]);
  expect(await listed({})).toEqual([
    [A, 'free'],
    [B, 'held'],
  ]);
  const { nextCursor } = await list.page(BoardQuery.parse({ limit: 1 }));
  expect(await listed({ limit: 1, cursor: nextCursor })).toEqual([[B, 'held']]);
  await decide(B, 'duplicate-uid');
  expect(await listed({ state: 'held' })).toEqual([]);
  expect(await listed({})).toEqual([[A, 'free']]);
  await bench.end((await bench.claim('1', B))!, 'PASS');
  expect(await new BoardLookup(bench.database).row(B)).toMatchObject({ serial: 'SN1', runs: 2 });
});

test('a decision about a lot is for every board of it that is held, and for those that come later', async () => {
  await bench.recipe({ name: 'strict', onDiffers: 'hold' });
  await bench.order({ id: 'WO-2', recipe: { name: 'strict' }, quantity: 9, lot: 'L2' });
  const holds = async (serial: string, uid: string) => {
    await bench.post({ workOrder: 'WO-2', units: [{ slot: '1', serial }] });
    return differs((await bench.claim('1', uid))!);
  };
  expect(await holds('SN1', A)).toBe(true);
  const decision = await bench.decisions.ofLot('L2', {
    ...{ about: 'identity', decision: 'accept', reason: 'new date code' },
  });
  expect(decision).toMatchObject({ lot: 'L2', board: null, boards: [(await boardOf(A)).number] });
  expect((await boardOf(A)).state).toBe('free');
  expect(await holds('SN2', B)).toBe(false);
});
