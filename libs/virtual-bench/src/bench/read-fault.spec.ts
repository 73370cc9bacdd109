import { VirtualBenchError } from '../errors.ts';
import { readFault } from './read-fault.ts';

type Asked = Parameters<typeof readFault>[0];

test('a fault as text and one with its parameters by name are the same', () => {
  const fault = { kind: 'flash-stuck-bit', address: 0x08000400, bit: 3, value: 1 };
  expect(readFault(' flash-stuck-bit 0x08000400  3 1 ')).toEqual(fault);
  expect(readFault({ kind: 'flash-stuck-bit', address: '0x08000400', bit: 3, value: '1' })).toEqual(fault);
  expect(readFault('swd-bit-errors 1000')).toEqual({ kind: 'swd-bit-errors', aboveKhz: 1000 });
  expect(readFault('slow-flash 2.5')).toEqual({ kind: 'slow-flash', factor: 2.5 });
  expect(readFault({ kind: 'stall' })).toEqual({ kind: 'stall' });
});

test.each<[Asked, string | null, RegExp]>([
  ['stal', 'kind', /There is no fault "stal"\. Did you mean stall\? Faults: flash-ignores-writes, /],
  ['', 'kind', /There is no fault ""\. Faults: /],
  ['toString', 'kind', /There is no fault "toString"/],
  ['enter-fails', '', /Fault enter-fails takes 1 value, not 0\. Write: enter-fails COUNT/],
  ['swd-bit-errors', '', /takes 1 to 2 values, not 0\. Write: swd-bit-errors ABOVEKHZ \[ONEIN\]/],
  ['enter-fails -1', 'count', /count must be a number, not "-1"/],
  ['enter-fails 1.5', 'count', /count cannot be 1\.5\. Give a whole number from 0 to/],
  ['flash-stuck-bit 0x08000400 3 2', 'value', /value cannot be 2/],
  [
    'flash-wrong-bit 0x108000400 3',
    'address',
    /address cannot be \d+\. Give a whole number from 0 to 4294967295/,
  ],
  [{ kind: 7 }, 'kind', /There is no fault ""/],
  [{ kind: 'enter-fails' }, 'count', /count must be a number, not ""/],
  [{ kind: 'enter-fails', count: [1] }, 'count', /count must be a number, not "\[1\]"/],
  [{ kind: 'stall', count: 1 }, 'count', /Fault stall has no "count"\. Write: stall/],
])('the fault %j is refused at "%s"', (asked, field, says) => {
  let refusal: unknown;
  try {
    readFault(asked);
  } catch (cause) {
    refusal = cause;
  }
  expect(refusal).toBeInstanceOf(VirtualBenchError);
  const { message, remedy, field: at } = refusal as VirtualBenchError;
  expect(at).toBe(field);
  expect(`${message} ${remedy}`).toMatch(says);
});
