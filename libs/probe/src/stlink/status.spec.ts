import { SENTENCES } from '@boardwalk/contracts';
import { ProbeError } from '@boardwalk/debug';
import { sentenceOf } from './status.ts';
import { textLike } from '../testing/matching.ts';

const DOCUMENTED = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17,
  0x18, 0x19, 0x1a, 0x1d, 0x20, 0x40, 0x41, 0x42, 0x81,
];

test.each(DOCUMENTED)('status %i says what happened and what to do', (status) => {
  const [says, remedy] = SENTENCES[sentenceOf(status)];
  expect(says).not.toMatch(/status/);
  expect(remedy).toMatch(/^[A-Z].*\.$/);
});

test('a status nobody documented is named by its number', () => {
  const place = { portPath: '1-1', operation: 'read' };
  const { code, message } = new ProbeError(sentenceOf(0x77), { ...place, answer: '0x77' });
  expect({ code, message }).toEqual({ code: 'probe.protocol', message: textLike(/0x77/) });
});
