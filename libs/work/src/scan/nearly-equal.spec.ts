import fc from 'fast-check';
import { slotCode } from './commands.ts';
import { LAYOUTS, retyped, SHIFTS } from './layouts.ts';
import { nearlyEqual } from './nearly-equal.ts';

const KNOWN = ['WO-1', 'WO-2', 'blinky', 'Relay z', 'zy_7', '%BW-SKIP', slotCode('8'), slotCode('A-1')];

test.each([
  ['wo-1', 'WO-1', 'caps lock'],
  ['Wo-1', 'WO-1', 'case'],
  ['WO - 1', 'WO-1', 'blanks'],
  ['WO-1\u00a0', 'WO-1', 'a no-break space'],
  ['WOß1', 'WO-1', 'a scanner set to QWERTY on a QWERTZ host'],
  ['WO_1', 'WO-1', 'Shift held on QWERTY'],
  ['WO?1', 'WO-1', 'the Shift of QWERTY on a QWERTZ host'],
  ['wo_!', 'WO-1', 'Shift the wrong way'],
  ['BLINKZ', 'blinky', 'case and y for z'],
  ['blinkz', 'blinky', 'QWERTY on a QWERTZ host'],
  ['relazy', 'Relay z', 'blanks and y for z, once'],
  ['yz?7', 'zy_7', 'y for z and ? for _'],
  ['ZO)&', 'WO-1', 'QWERTY on an AZERTY host'],
  ['%bw-skip', '%BW-SKIP', 'caps lock'],
  ['%BWßSKIP', '%BW-SKIP', 'QWERTY on a QWERTZ host'],
  ['5BZ)SKIP', '%BW-SKIP', 'QWERTY on an AZERTY host'],
  ['%BW-SLOT-a-1', '%BW-SLOT-A-1', 'case'],
])('%s is nearly %s: %s', (scanned, name, _how) => {
  expect(nearlyEqual(scanned, KNOWN)).toContain(name);
});

test.each(['WO-3', 'WO-11', 'blink', 'SN000123', '8', 'SKIP', '1-OW', 'WO-1WO-1'])(
  '%s is not nearly any known code',
  (scanned) => expect(nearlyEqual(scanned, KNOWN)).toEqual([]),
);

test('a code is not nearly itself', () => {
  for (const name of KNOWN) expect(nearlyEqual(name, [name])).toEqual([]);
});

test('no character is on two keys of one level, and all layouts have the same keys', () => {
  for (const { plain, shifted } of LAYOUTS) {
    for (const rows of [plain, shifted]) {
      const characters = [...rows.join('')].filter((character) => character !== ' ');
      expect(new Set(characters).size).toBe(characters.length);
      expect(rows.map((row) => [...row].length)).toEqual([13, 12, 12, 11]);
    }
  }
});

test('whatever layouts scanner and host have, the name that the label has is found', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{2,20}$/);
  const layout = fc.nat(LAYOUTS.length - 1);
  fc.assert(
    fc.property(name, layout, layout, (label, host, scanner) => {
      // The scanner presses the keys that its layout has for the label; the host types what its own has there.
      const typed = retyped(label, scanner, host, SHIFTS[0]!);
      if (typed !== null && typed !== label) expect(nearlyEqual(typed, [label])).toEqual([label]);
    }),
    { seed: 13 },
  );
});
