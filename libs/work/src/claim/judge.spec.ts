import fc from 'fast-check';
import { placeIn, type OrderFacts } from '../orders/order-place.ts';
import type { BoardFacts, ClaimFacts } from './claim-facts.ts';
import { judge } from './judge.ts';
import type { RecordDoubt } from './record-doubt.ts';

const [A, B] = ['066fff555052836687254113', '066fff555052836687254199'];
const AT = '2026-11-20T14:02:11.123Z';
const NEW = { passedAt: null, inOrder: false };
const FITS = { fits: true, needsKib: 64, statesKib: 64 };
const TOO_LARGE = { fits: false, needsKib: 128, statesKib: 64 };
const PASSED = { passedAt: AT, inOrder: true };
const FAILED = { passedAt: null, inOrder: true };
const board = (rest: Partial<BoardFacts> = {}): BoardFacts => ({
  ...{ number: 7, state: 'free', stateReason: null, reference: null, runsIn: null },
  ...rest,
});
const order = (rest: Partial<OrderFacts> = {}): OrderFacts => ({
  ...{ id: 'WO-1', state: 'open', quantity: 30, passed: 0, running: 0, notBefore: null, notAfter: null },
  ...rest,
});
const place = (rest: Partial<OrderFacts> = {}) => placeIn(order(rest), AT);
const unit = (serial: string | null, again: string | null = null) => ({ serial, again });
const facts = (rest: Partial<ClaimFacts> = {}): ClaimFacts => ({
  ...{
    slot: '3',
    slotLacks: null,
    notOpen: null,
    unit: unit('SN1'),
    fit: FITS,
    board: board(),
    boardWork: NEW,
    serialWork: NEW,
    doubts: [],
  },
  ...{
    elsewhere: null,
    place: place(),
    ordered: true,
    work: 'WO-1',
    policy: 'hold',
  },
  ...rest,
});
const ON_SECOND_UID: RecordDoubt = {
  ...{ kind: 'serial-on-second-uid', serial: 'SN1', uid: B, otherSerial: 'SN1', otherUid: A, otherAt: AT },
  ended: false,
};
const SECOND_SERIAL: RecordDoubt = {
  ...{
    kind: 'uid-under-second-serial',
    serial: 'SN1',
    uid: A,
    otherSerial: 'SN0',
    otherUid: A,
    otherAt: null,
  },
  ended: false,
};

test.each<[string, Partial<ClaimFacts>, object]>([
  ['a new chip starts', { board: null }, { kind: 'go', finding: null }],
  [
    'what the way to the board does not give is not begun',
    { slotLacks: 'Step 2, "options": a slot over X cannot set option bytes.' },
    {
      ...{ kind: 'wait', reason: 'slot-cannot' },
      sentence: 'Step 2, "options": a slot over X cannot set option bytes. Put the board into another slot.',
    },
  ],
  [
    'a slot that is not open for the shift runs no board of an order',
    { notOpen: 'Slot 3 is not open. Put the golden board into slot 3.' },
    {
      kind: 'wait',
      reason: 'slot-not-open',
      sentence: 'Slot 3 is not open. Put the golden board into slot 3.',
    },
  ],
  [
    'a golden board runs in a slot that is not open: it opens the slot',
    { notOpen: 'Slot 3 is not open.', board: board({ reference: 'golden' }) },
    { kind: 'go', finding: null },
  ],
  [
    'a board that is held is named before its slot',
    { notOpen: 'Slot 3 is not open.', board: board({ state: 'held' }) },
    { reason: 'board-held' },
  ],
  [
    'a serial that runs in another slot waits',
    { elsewhere: { state: 'running', slot: '5', jobId: 'job_1' } },
    { kind: 'wait', reason: 'serial-busy', sentence: 'SN1 is in slot 5. Wait until it is done.' },
  ],
  [
    'a held board runs nothing',
    { board: board({ state: 'held', stateReason: 'The label is torn.' }) },
    {
      ...{ kind: 'wait', reason: 'board-held' },
      sentence: 'Board 7 is held. The label is torn. Take it out; quality decides about it.',
    },
  ],
  ['a rejected board runs nothing', { board: board({ state: 'rejected' }) }, { reason: 'board-rejected' }],
  [
    'two chips with one unique id do not run at once',
    { board: board({ runsIn: '1' }) },
    { reason: 'board-busy' },
  ],
  [
    'an image that is too large waits for another chip',
    { fit: TOO_LARGE },
    { kind: 'wait', reason: 'image-does-not-fit', sentence: 'image needs 128 KiB, this chip states 64' },
  ],
  [
    'of a chip that states no size the family is said',
    { fit: { ...TOO_LARGE, statesKib: null } },
    { kind: 'wait', sentence: 'image needs 128 KiB, no chip of this family has as much' },
  ],
  [
    'an image that was built for another chip waits for that one',
    { fit: { ...FITS, misfit: 'The raw image was not built for this chip.' } },
    { kind: 'wait', reason: 'image-does-not-fit', sentence: 'The raw image was not built for this chip.' },
  ],
  [
    'a count takes no board that passed in its order',
    { unit: unit(null), boardWork: PASSED },
    {
      ...{ kind: 'wait', reason: 'passed-already' },
      sentence: 'This board passed in WO-1 2026-11-20 14:02 UTC. Put in the next board.',
    },
  ],
  [
    'a count without an order takes it',
    { unit: unit(null), boardWork: PASSED, ordered: false, place: null },
    { kind: 'go' },
  ],
  ['a count with again takes it', { unit: unit(null, 'audit'), boardWork: PASSED }, { kind: 'go' }],
  [
    'a serial that passed is done',
    { serialWork: PASSED },
    {
      ...{ kind: 'done', reason: 'passed-already' },
      sentence: 'SN1 passed in WO-1 2026-11-20 14:02 UTC. To test it again, say again and why.',
    },
  ],
  ['a serial that failed is run', { serialWork: FAILED, boardWork: FAILED }, { kind: 'go' }],
  [
    'a full order starts no new board',
    { place: place({ passed: 28, running: 2 }) },
    { kind: 'wait', reason: 'no-place' },
  ],
  [
    'a retest takes no place of a completed order',
    { unit: unit('SN1', 'audit'), serialWork: PASSED, place: place({ state: 'completed', passed: 30 }) },
    { kind: 'go' },
  ],
  [
    'again starts no new board in a completed order',
    { unit: unit('SN1', 'audit'), place: place({ state: 'completed', passed: 29 }) },
    { kind: 'wait', reason: 'no-place' },
  ],
  [
    'a board that a completed order lost takes its place again',
    { unit: unit('SN1', 'repaired'), serialWork: FAILED, place: place({ state: 'completed', passed: 29 }) },
    { kind: 'go' },
  ],
  [
    'the place that a completed order has free is given once',
    {
      ...{ unit: unit('SN1', 'repaired'), serialWork: FAILED },
      place: place({ state: 'completed', passed: 29, running: 1 }),
    },
    { kind: 'wait', reason: 'no-place' },
  ],
  [
    'a retest waits while its order is paused',
    { unit: unit('SN1', 'audit'), serialWork: PASSED, place: place({ state: 'paused' }) },
    { kind: 'wait', reason: 'no-place' },
  ],
  [
    'a serial on a second chip is held, and the other chip and its time are named',
    { doubts: [ON_SECOND_UID] },
    {
      ...{ kind: 'hold', reason: 'record-held' },
      sentence:
        `Serial SN1 belongs to chip ${A}, seen 2026-11-20 14:02 UTC; the chip in slot 3 is ${B}. ` +
        'Nothing was written. Take the board out; quality decides about it.',
    },
  ],
  [
    'what a decision ended is told as what was',
    {
      doubts: [
        { ...ON_SECOND_UID, ended: true },
        { ...SECOND_SERIAL, ended: true },
      ],
    },
    {
      sentence:
        `Serial SN1 was on chip ${A}, seen 2026-11-20 14:02 UTC; the chip in slot 3 is ${B}. ` +
        `The chip in slot 3 (${A}) had serial SN0; it came as SN1. ` +
        'Nothing was written. Take the board out; quality decides about it.',
    },
  ],
  [
    'the recipe may refuse a chip under a second serial, which is named',
    { doubts: [SECOND_SERIAL], policy: 'refuse' },
    {
      ...{ kind: 'refuse', reason: 'record-refused' },
      sentence:
        `The chip in slot 3 (${A}) has serial SN0; it came as SN1. ` +
        'Nothing was written. The recipe refuses that: check the label and the board.',
    },
  ],
  [
    'the recipe may accept it, with a finding',
    { doubts: [SECOND_SERIAL], policy: 'accept' },
    { kind: 'go', finding: `The chip in slot 3 (${A}) has serial SN0; it came as SN1.` },
  ],
  [
    'a golden board runs under every rule of the record',
    {
      board: board({ reference: 'golden' }),
      boardWork: PASSED,
      serialWork: PASSED,
      place: place({ passed: 30 }),
    },
    { kind: 'go', finding: null },
  ],
])('%s', (_title, given, expected) => {
  expect(judge(facts(given))).toMatchObject(expected);
});

const works = fc.constantFrom(NEW, PASSED, FAILED);
const anyFacts: fc.Arbitrary<ClaimFacts> = fc
  .record({
    unit: fc.record({ serial: fc.constantFrom(null, 'SN1'), again: fc.constantFrom(null, 'audit') }),
    board: fc.option(
      fc
        .record({
          state: fc.constantFrom('free' as const, 'held' as const, 'rejected' as const),
          reference: fc.constantFrom(null, 'golden' as const),
          runsIn: fc.constantFrom(null, '5'),
        })
        .map(board),
    ),
    boardWork: works,
    serialWork: works,
    doubts: fc.subarray([ON_SECOND_UID, SECOND_SERIAL]),
    policy: fc.constantFrom('hold' as const, 'accept' as const, 'refuse' as const),
    place: fc.option(
      fc
        .record({
          state: fc.constantFrom('open' as const, 'completed' as const, 'paused' as const),
          passed: fc.nat(30),
          running: fc.nat(3),
        })
        .map(place),
    ),
    fit: fc.constantFrom(FITS, TOO_LARGE),
  })
  .map(facts);

test('what starts is free, alone, in an order with a place, and without doubt but under a policy that accepts', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      const judgement = judge(given);
      if (judgement.kind !== 'go') return;
      const { board: chip, doubts, policy, place: at, boardWork, serialWork } = given;
      expect(chip?.runsIn ?? null).toBeNull();
      expect(given.fit.fits).toBe(true);
      if (chip?.reference) return;
      expect(chip?.state ?? 'free').toBe('free');
      expect(doubts.length === 0 || policy === 'accept').toBe(true);
      if (at?.open === false) {
        expect(given.unit.again).not.toBeNull();
        expect(boardWork.inOrder || serialWork.inOrder).toBe(true);
      }
    }),
    { numRuns: 5000 },
  );
});
