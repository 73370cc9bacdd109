import { splitCodes } from './split-codes.ts';

test.each([
  ['SN1', ['SN1']],
  ['SN1\r\nSN2\tSN3\r', ['SN1', 'SN2', 'SN3']],
  [' \u00a0\t\r\n', []],
  ['\ufeffSN1 ', ['\ufeffSN1 ']],
  ['[)>\u001e06\u001dSSN1\u001e\u0004\r', ['[)>\u001e06\u001dSSN1\u001e\u0004']],
])('%j is the codes %j', (text, codes) => expect(splitCodes(text)).toEqual(codes));
