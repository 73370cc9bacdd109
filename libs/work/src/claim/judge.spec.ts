import fc from 'fast-check';
import { placeIn, type OrderFacts } from '../orders/order-place.ts';
import type { BoardFacts, ClaimFacts } from './claim-facts.ts';
import { judge } from './judge.ts';

const [A, B] = ['066fff555052836687254113', '066fff555052836687254199'];
const AT = '2026-11-20T14:02:11.123Z';
const board = (rest: Partial<BoardFacts> = {}): BoardFacts => ({
  ...{ number: 7, uid: A, serial: null, state: 'free', stateReason: null, reference: null, lastSeenAt: AT },
  ...{ passedAt: null, inOrder: false, runsIn: null },
  ...rest,
});
const order = (rest: Partial<OrderFacts> = {}): OrderFacts => ({
  ...{ id: 'WO-1', state: 'open', quantity: 30, passed: 0, running: 0, notBefore: null, notAfter: null },
  ...rest,
});
const place = (rest: Partial<OrderFacts> = {}) => placeIn(order(rest), AT);
const unit = (serial: string | null, again: string | null = null) => ({ serial, again });
const facts = (rest: Partial<ClaimFacts> = {}): ClaimFacts => ({
  ...{ slot: '3', unit: unit('SN1'), uid: A, statedKib: 64, board: null, holder: null, elsewhere: null },
  ...{
    place: place(),
    work: 'WO-1',
    policy: 'hold',
    accepted: false,
    neededKib: 64,
    allowBeyondStated: false,
  },
  ...rest,
});
/** Chip B in the slot, while serial SN1 belongs to chip A. */
const ON_SECOND_UID = { uid: B, holder: board({ serial: 'SN1' }) };

test.each<[string, Partial<ClaimFacts>, object]>([
  ['a new chip and a new serial start', {}, { kind: 'go', finding: null }],
  [
    'a chip comes back with its serial',
    { board: board({ serial: 'SN1' }), holder: board({ serial: 'SN1' }) },
    { kind: 'go', finding: null },
  ],
  ['a chip without a serial gets one', { board: board() }, { kind: 'go', finding: null }],
  [
    'a serial whose chip was never read joins the chip',
    { holder: board({ number: 9, uid: null, serial: 'SN1' }) },
    { kind: 'go', finding: null },
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
      kind: 'wait',
      reason: 'board-held',
      sentence: 'Board 7 is held. The label is torn. Take it out; quality decides about board 7.',
    },
  ],
  [
    'a rejected board runs nothing',
    { board: board({ state: 'rejected' }) },
    { kind: 'wait', reason: 'board-rejected' },
  ],
  [
    'a held serial of which no chip is read runs nothing',
    { uid: null, holder: board({ uid: null, state: 'held' }) },
    { kind: 'wait', reason: 'board-held' },
  ],
  [
    'two chips with one unique id do not run at once',
    { board: board({ runsIn: '1' }) },
    { kind: 'wait', reason: 'board-busy' },
  ],
  [
    'an image that is too large waits for another chip',
    { neededKib: 128 },
    {
      kind: 'wait',
      reason: 'image-too-large',
      sentence: 'The image needs 128 KiB, this chip states 64. Put in a larger chip.',
    },
  ],
  ['a size that was not read is no obstacle', { neededKib: 128, statedKib: null }, { kind: 'go' }],
  [
    'hidden flash may be used where the recipe says so',
    { neededKib: 128, allowBeyondStated: true },
    { kind: 'go' },
  ],
  [
    'a count takes no board that passed in its order',
    { unit: unit(null), board: board({ passedAt: AT }) },
    {
      kind: 'wait',
      reason: 'passed-already',
      sentence: 'This board passed in WO-1 2026-11-20 14:02 UTC. Put in the next board.',
    },
  ],
  [
    'a count without an order takes it',
    { unit: unit(null), board: board({ passedAt: AT }), place: null },
    { kind: 'go' },
  ],
  ['again takes it', { unit: unit(null, 'customer asked'), board: board({ passedAt: AT }) }, { kind: 'go' }],
  [
    'a serial that passed is done',
    { board: board({ serial: 'SN1' }), holder: board({ serial: 'SN1', passedAt: AT }) },
    {
      kind: 'done',
      at: AT,
      sentence: 'SN1 passed in WO-1 2026-11-20 14:02 UTC. To test it again, say again and why.',
    },
  ],
  [
    'a full order starts no new board',
    { place: place({ passed: 28, running: 2 }) },
    {
      kind: 'wait',
      reason: 'order-full',
      sentence:
        'Work order WO-1 has no place left: 28 of 30 passed and 2 at work. Wait for those at work, or choose another order.',
    },
  ],
  [
    'a retest takes no place of a completed order',
    {
      unit: unit('SN1', 'audit'),
      board: board({ serial: 'SN1', passedAt: AT }),
      place: place({ state: 'completed', passed: 30 }),
    },
    { kind: 'go' },
  ],
  [
    'again starts no new board in a completed order',
    { unit: unit('SN1', 'audit'), place: place({ state: 'completed', passed: 30 }) },
    { kind: 'wait', reason: 'order-full' },
  ],
  [
    'a board that a completed order lost takes its place again',
    {
      unit: unit('SN1', 'repaired'),
      board: board({ serial: 'SN1', inOrder: true }),
      place: place({ state: 'completed', passed: 29 }),
    },
    { kind: 'go' },
  ],
  [
    'a retest waits while its order is paused',
    { unit: unit('SN1', 'audit'), board: board({ passedAt: AT }), place: place({ state: 'paused' }) },
    { kind: 'wait', reason: 'order-full' },
  ],
  [
    'a serial on a second chip is held',
    ON_SECOND_UID,
    {
      kind: 'hold',
      reason: 'record-doubt',
      doubt: { kind: 'serial-on-second-uid', otherUid: A, otherAt: AT, otherBoard: 7 },
    },
  ],
  [
    'a chip under a second serial is held',
    { board: board({ serial: 'SN0' }) },
    { kind: 'hold', doubt: { kind: 'uid-under-second-serial', otherSerial: 'SN0', otherAt: AT } },
  ],
  [
    'the recipe may refuse it',
    { ...ON_SECOND_UID, policy: 'refuse' },
    { kind: 'refuse', doubt: { serial: 'SN1', uid: B } },
  ],
  [
    'the recipe may accept it, with a finding',
    { ...ON_SECOND_UID, policy: 'accept' },
    { kind: 'go', by: 'policy', finding: { otherUid: A } },
  ],
  [
    'a person may have accepted it, which is a finding too',
    { ...ON_SECOND_UID, accepted: true },
    { kind: 'go', by: 'decision', finding: { otherUid: A } },
  ],
  [
    'a golden board runs under every rule of the record',
    {
      ...ON_SECOND_UID,
      board: board({ uid: B, reference: 'golden', serial: 'GOLD', passedAt: AT }),
      place: place({ passed: 30 }),
    },
    { kind: 'go', finding: null },
  ],
])('%s', (_title, given, expected) => {
  expect(judge(facts(given))).toMatchObject(expected);
});

test('a doubt names the other serial or unique id and its time, and no family', () => {
  const sentence = (given: Partial<ClaimFacts>) => (judge(facts(given)) as { sentence: string }).sentence;
  expect(sentence(ON_SECOND_UID)).toBe(
    `Serial SN1 belongs to chip ${A} seen 2026-11-20 14:02 UTC; the chip in slot 3 is ${B}. ` +
      'Nothing was written. Take the board out; quality decides about it.',
  );
  expect(sentence({ board: board({ serial: 'SN0' }), policy: 'refuse' })).toBe(
    `The chip in slot 3 (${A}) has serial SN0, seen 2026-11-20 14:02 UTC; it came as SN1. ` +
      'The recipe refuses that; nothing was written. Check the label and the board.',
  );
});

const serials = fc.constantFrom(null, 'SN1', 'SN2');
const uids = fc.constantFrom(null, A, B);
const boards = (uid: string | null, serial: fc.Arbitrary<string | null>) =>
  fc
    .option(
      fc.record({
        serial,
        number: fc.constantFrom(7, 8),
        state: fc.constantFrom('free' as const, 'held' as const, 'rejected' as const),
        reference: fc.constantFrom(null, 'golden' as const),
        passedAt: fc.constantFrom(null, AT),
        inOrder: fc.boolean(),
        runsIn: fc.constantFrom(null, '5'),
      }),
    )
    .map((drawn) => drawn && board({ uid, ...drawn }));
const anyFacts: fc.Arbitrary<ClaimFacts> = fc
  .record({ serial: serials, uid: uids, holderUid: uids })
  .chain(({ serial, uid, holderUid }) =>
    fc.record({
      unit: fc.constantFrom(unit(serial), unit(serial, 'audit')),
      uid: fc.constant(uid),
      board: uid === null ? fc.constant(null) : boards(uid, serials),
      holder: serial === null ? fc.constant(null) : boards(holderUid, fc.constant(serial)),
      policy: fc.constantFrom('hold' as const, 'accept' as const, 'refuse' as const),
      accepted: fc.boolean(),
      place: fc.option(
        fc
          .record({
            state: fc.constantFrom('open' as const, 'completed' as const, 'paused' as const),
            passed: fc.nat(30),
            running: fc.nat(3),
          })
          .map(place),
      ),
      statedKib: fc.constantFrom(null, 64, 128),
    }),
  )
  .map((drawn) => facts(drawn));

test('what starts without a finding breaks neither rule: one serial, one chip; one chip, one serial', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      const judgement = judge(given);
      if (judgement.kind !== 'go' || judgement.finding) return;
      const {
        unit: { serial },
        uid,
        board: chip,
        holder,
      } = given;
      if (serial === null || uid === null || chip?.reference || holder?.reference) return;
      expect(holder?.uid ?? uid).toBe(uid);
      expect(chip?.serial ?? serial).toBe(serial);
    }),
    { numRuns: 2000 },
  );
});

test('nothing that is held or rejected starts, and no order without a place gets a new board', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      if (judge(given).kind !== 'go') return;
      const {
        board: chip,
        holder,
        uid,
        place: at,
        unit: { again },
      } = given;
      const one = chip ?? (uid === null ? holder : null);
      if (one?.reference) return;
      expect(one?.state ?? 'free').toBe('free');
      if (at?.open === false)
        expect([again, (chip ?? holder)?.inOrder || (chip ?? holder)?.passedAt !== null]).toEqual([
          'audit',
          true,
        ]);
    }),
    { numRuns: 2000 },
  );
});
