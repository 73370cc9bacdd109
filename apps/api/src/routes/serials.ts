import { CreateSerialRange, IssuedSerial, ListQuery, SerialQuery, SerialRange } from '@boardwalk/contracts';
import { listed, made, one } from './answer.ts';
import { resource } from './row.ts';

export const SERIALS = resource('serials', {
  createSerialRange: {
    method: 'POST',
    path: '/api/v1/serial-ranges',
    summary: 'A counter with a format, or a list of values; recipes take their patches from it.',
    may: 'keep-serials',
    body: CreateSerialRange,
    // A list has thousands of values.
    bodyBytes: 2048 * 1024,
    answers: made(SerialRange, ({ name }) => ['serial-ranges', name]),
    refuses: ['serial-range-exists', 'serial-used'],
  },
  listSerialRanges: {
    method: 'GET',
    path: '/api/v1/serial-ranges',
    summary: 'Serial ranges, with how many values are left.',
    may: 'look',
    query: ListQuery,
    answers: listed(SerialRange),
  },
  getSerialRange: {
    method: 'GET',
    path: '/api/v1/serial-ranges/:name',
    summary: 'One serial range.',
    may: 'look',
    answers: one(SerialRange),
  },
  listSerials: {
    method: 'GET',
    path: '/api/v1/serial-ranges/:name/serials',
    summary: 'What was given to which board; ?state=voided lists the gaps with their reasons.',
    may: 'look',
    query: SerialQuery,
    answers: listed(IssuedSerial),
  },
});
