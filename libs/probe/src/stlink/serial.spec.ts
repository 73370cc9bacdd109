import { repairSerial } from './serial.ts';

const RAW = [0x57, 0xff, 0x00 + 1, 0x72, 0x06, 0x72, 0x65, 0x57, 0x57, 0x42, 0x13, 0x20];

test('a good serial stays as it is', () => {
  expect(repairSerial('57FF72067265575742132067')).toMatchObject({
    serial: '57FF72067265575742132067',
    state: 'ok',
  });
});

test('a serial in small letters is the same serial', () => {
  expect(repairSerial('57ff72067265575742132067')).toMatchObject({
    serial: '57FF72067265575742132067',
    state: 'ok',
  });
});

test('twelve raw bytes are written as hex', () => {
  expect(repairSerial(String.fromCharCode(...RAW))).toEqual({
    serial: '57FF01720672655757421320',
    raw: '57FF01720672655757421320',
    state: 'repaired',
  });
});

test.each([undefined, ''])('no serial (%p) is none, not an empty one', (text) => {
  expect(repairSerial(text)).toEqual({ serial: null, raw: null, state: 'missing' });
});

test('anything else is kept as sent, printable for people and in full as hex', () => {
  expect(repairSerial('ABC\u00ff\n')).toEqual({ serial: 'ABC??', raw: '414243FF0A', state: 'odd' });
  expect(repairSerial('\u4e2d'.repeat(12))).toEqual({
    serial: '?'.repeat(12),
    raw: '4E2D'.repeat(12),
    state: 'odd',
  });
});
