import fc from 'fast-check';
import { placeSerial, type SerialToPlace } from './place-serial.ts';
import type { SlotFacts } from './slot-facts.ts';

/** `free fresh done:SN1 busy out free!SN9`: the slots of a bench, numbered from 1. */
const bench = (text: string): SlotFacts[] =>
  text.split(' ').map((written, index) => {
    const [, use, serial, reserved] = /^(\w+)(?::(\w+))?(?:!(\w*))?$/.exec(written)!;
    return {
      name: String(index + 1),
      use: use as SlotFacts['use'],
      why: use === 'out' ? 'it is disabled' : null,
      serial: serial ?? null,
      reservedFor: reserved ?? null,
    };
  });
const wanted = (rest: Partial<SerialToPlace> = {}): SerialToPlace => ({
  ...{ serial: 'SN7', slot: null, again: false, order: 'board' },
  ...rest,
});

test.each<[string, Partial<SerialToPlace>, string]>([
  ['free free', {}, 'reserve 1'],
  ['out free', {}, 'reserve 2'],
  ['free!SN1 free', {}, 'reserve 2'],
  ['busy free', {}, 'reserve 2'],
  ['done:SN1 free', {}, 'reserve 2'],
  ['done:SN1 done:SN2', {}, 'reserve 1 take out'],
  ['free fresh', {}, 'starts 2'],
  ['done:SN1 fresh fresh!SN2', {}, 'starts 2'],
  ['free fresh fresh', {}, 'ask 2,3'],
  ['free fresh fresh', { order: 'slots' }, 'starts 2'],
  ['free done:SN1', { order: 'slots' }, 'reserve 1'],
  ['done:SN7 free', {}, 'reserve 1 take out'],
  ['done:SN7 free', { again: true }, 'starts 1'],
  ['done:SN7 fresh', { again: true }, 'starts 1'],
  ['done:SN1 free', { again: true }, 'reserve 2'],
  ['fresh fresh', { slot: '2' }, 'starts 2'],
  ['fresh free', { slot: '2' }, 'reserve 2'],
  ['fresh done:SN1', { slot: '2' }, 'reserve 2 take out'],
  ['fresh done:SN7', { slot: '2', again: true }, 'starts 2'],
  ['fresh done:SN1', { slot: '2', again: true }, 'reserve 2 take out'],
  ['fresh done', { slot: '2', again: true }, 'starts 2'],
  ['done free', { again: true }, 'reserve 2'],
])('on a bench of %s with %j: %s', (slots, rest, says) => {
  const placed = placeSerial(bench(slots), wanted(rest));
  const shown =
    placed.kind === 'ask'
      ? placed.slots.join(',')
      : placed.kind === 'refuse'
        ? placed.message
        : `${placed.slot}${placed.kind === 'reserve' && placed.takeOut ? ' take out' : ''}`;
  expect(`${placed.kind} ${shown}`).toBe(says);
});

test.each<[string, Partial<SerialToPlace>, RegExp]>([
  ['free!SN1 busy out', {}, /^No slot is free: slot 1 reserved, slot 2 at work, slot 3 out of use\. Wait/],
  ['busy busy busy', {}, /slots 1, 2 and 3 at work/],
  ['free', { slot: '9' }, /^There is no slot 9\./],
  ['out', { slot: '1' }, /^Slot 1 takes no board: it is disabled\./],
  ['free!SN1', { slot: '1' }, /^Slot 1 is reserved for SN1\./],
  ['fresh!', { slot: '1' }, /^Slot 1 is reserved for the board in it\./],
  ['busy:SN2', { slot: '1' }, /^Slot 1 is at work on SN2\./],
])('on a bench of %s with %j it is refused: %s', (slots, rest, says) => {
  expect(placeSerial(bench(slots), wanted(rest))).toMatchObject({
    kind: 'refuse',
    message: expect.stringMatching(says) as string,
  });
});

test('no serial ever gets a slot that is at work, out of use or reserved, and none but *again* a board that is done', () => {
  const slot = fc.record({
    use: fc.constantFrom('free', 'fresh', 'done', 'busy', 'out'),
    serial: fc.constantFrom(null, 'SN7', 'SN8'),
    reservedFor: fc.constantFrom(null, null, 'SN9'),
  });
  const choice = fc.record({
    slot: fc.constantFrom(null, '1', '2', '9'),
    again: fc.boolean(),
    order: fc.constantFrom('board' as const, 'slots' as const),
  });
  fc.assert(
    fc.property(fc.array(slot, { maxLength: 6 }), choice, (drawn, rest) => {
      const slots = drawn.map((each, index) => ({ ...each, name: String(index + 1), why: null }));
      const placed = placeSerial(slots, wanted(rest));
      if (placed.kind === 'ask' || placed.kind === 'refuse') return;
      const { use, reservedFor, serial } = slots.find(({ name }) => name === placed.slot)!;
      expect(reservedFor).toBeNull();
      if (placed.kind === 'reserve')
        expect([use, placed.takeOut]).toEqual([use === 'done' ? use : 'free', use === 'done']);
      else if (use !== 'fresh')
        expect([use, serial, rest.again]).toEqual([
          'done',
          serial === null && rest.slot !== null ? null : 'SN7',
          true,
        ]);
    }),
    { seed: 15, numRuns: 2000 },
  );
});
