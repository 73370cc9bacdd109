import { gzipSync } from 'node:zlib';
import {
  bearer,
  expectStatus,
  head,
  JSON_TYPE,
  LITTLE,
  SOME,
  line,
  lines,
  sends,
  talk,
  type Attack,
  type Costs,
  type Target,
} from './attack.ts';

/** The longest that the station may take to end what never ends, ms. */
const LONG_MS = 60_000;
const MIB = 1024 * 1024;
/** A request of the largest size that is taken: much work, and nobody waits for it. */
const LARGE: Costs = { ...LITTLE, wait: 40 };
const JOBS = '/api/v1/jobs';
const IMAGES = '/api/v1/images?name=a.bin&raw=true';

const post = (
  to: Target,
  path: string,
  body: Buffer | string,
  ...headers: readonly string[]
): (string | Buffer)[] => [
  head(
    'POST',
    path,
    JSON_TYPE,
    bearer(to.engineer),
    `content-length: ${Buffer.byteLength(body)}`,
    ...headers,
  ),
  body,
];
const json = (
  name: string,
  body: () => string | Buffer,
  expected: readonly number[],
  costs: Costs = LITTLE,
): Attack => sends(name, (to) => post(to, JOBS, body()), expected, costs);
const form = (name: string, type: string, body: () => string | Buffer, expected: readonly number[]): Attack =>
  sends(
    name,
    (to) => [
      head(
        'POST',
        IMAGES,
        `content-type: ${type}`,
        bearer(to.engineer),
        `content-length: ${Buffer.byteLength(body())}`,
      ),
      body(),
    ],
    expected,
  );
const part = (name: string, text: string): string =>
  `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;

const fieldsOf = (count: number, value: string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`field ${at}`, value]));

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Many connections that send a byte now and then. */
const trickle = (name: string, start: (to: Target) => string, count: number): Attack => ({
  ...{ name, ...SOME },
  run: async (to) => {
    const open = await lines(to, count);
    for (const socket of open) socket.write(start(to));
    for (let turn = 0; turn < 8; turn += 1) {
      for (const socket of open) if (!socket.destroyed) socket.write('x');
      await pause(100);
    }
    for (const socket of open) socket.destroy();
  },
});

const units = (count: number, unit: (at: number) => object): string =>
  JSON.stringify({ image: 'a'.repeat(64), units: Array.from({ length: count }, (_, at) => unit(at)) });

/** Bodies that are slow, cut, deep, wide, broken or not what they say. */
export const BODIES: readonly Attack[] = [
  json(
    'a job of 10,000 boards',
    () => units(10_000, (at) => ({ serial: `SN-${at}`, slot: '1' })),
    [400],
    LARGE,
  ),
  json('a job of 10,000 boards that are all wrong', () => units(10_000, () => ({ serial: 7 })), [400], LARGE),
  json(
    'a job of boards with 32 fields each',
    () => units(1500, (at) => ({ serial: `SN-${at}`, data: fieldsOf(32, `value ${at}`) })),
    [400],
    LARGE,
  ),

  trickle('heads that come byte by byte', () => 'GET /api/v1/slots HTTP/1.1\r\nx: ', 150),
  trickle(
    'bodies that come byte by byte',
    (to) => head('POST', JOBS, JSON_TYPE, bearer(to.engineer), 'content-length: 4000'),
    150,
  ),
  trickle(
    'bodies that are announced and wait for leave',
    (to) =>
      head('POST', JOBS, JSON_TYPE, bearer(to.engineer), 'content-length: 4000', 'expect: 100-continue'),
    100,
  ),
  {
    ...{ name: '300 bodies that are cut', ...SOME },
    run: async (to) => {
      for (let count = 0; count < 300; count += 1) {
        const socket = await line(to);
        socket.write(head('POST', JOBS, JSON_TYPE, bearer(to.engineer), 'content-length: 1000'));
        socket.end('{"image":');
      }
    },
  },
  {
    // 128 MiB come in a moment, as no network brings them, and are thrown away.
    ...{ name: 'uploads of 16 MiB without a token', ...SOME, wait: 2000 },
    run: async (to) => {
      const chunk = Buffer.alloc(MIB);
      const upload = [
        head('POST', IMAGES, `content-length: ${16 * MIB}`),
        ...Array.from({ length: 16 }, () => chunk),
      ];
      const answers = await Promise.all(Array.from({ length: 8 }, () => talk(to, ...upload)));
      for (const answer of answers) expectStatus('an upload without a token', answer, 401);
    },
  },
  {
    ...{ name: 'a chunked upload without a token that never ends', ...SOME },
    run: async (to) => {
      const socket = await line(to);
      socket.resume();
      socket.write(head('POST', IMAGES, 'transfer-encoding: chunked'));
      const chunk = `40000\r\n${'x'.repeat(0x40000)}\r\n`;
      const since = performance.now();
      while (!socket.destroyed && performance.now() - since < LONG_MS) {
        socket.write(chunk);
        await pause(10);
      }
      if (!socket.destroyed) throw new Error(`after ${LONG_MS} ms the station still takes the upload`);
    },
  },
  sends(
    'an upload larger than any image',
    (to) => [head('POST', IMAGES, `content-length: ${64 * MIB}`, bearer(to.engineer))],
    [413],
  ),
  sends(
    'a chunk of 2^68 bytes',
    (to) => [
      head('POST', JOBS, JSON_TYPE, bearer(to.engineer), 'transfer-encoding: chunked'),
      'FFFFFFFFFFFFFFFFF\r\n',
    ],
    [400, 0],
  ),
  sends(
    'a chunk extension of 1 MiB',
    (to) => [
      head('POST', JOBS, JSON_TYPE, bearer(to.engineer), 'transfer-encoding: chunked'),
      `1;${'x'.repeat(MIB)}\r\n{\r\n`,
    ],
    [400, 413, 0],
  ),
  sends(
    'chunks that are none',
    (to) => [head('POST', JOBS, JSON_TYPE, bearer(to.engineer), 'transfer-encoding: chunked'), 'zz\r\n'],
    [400, 0],
  ),
  sends(
    'chunks of one byte',
    (to) => [
      head('POST', '/api/v1/scans', JSON_TYPE, bearer(to.operator), 'transfer-encoding: chunked'),
      '1\r\n \r\n'.repeat(100_000),
    ],
    [413, 400, 0],
    SOME,
  ),
  sends(
    'an upload in chunks of one byte without a token',
    () => [head('POST', IMAGES, 'transfer-encoding: chunked'), '1\r\nx\r\n'.repeat(500_000)],
    [401, 0],
    SOME,
  ),
  sends(
    'an upload in chunks of one byte',
    (to) => [
      head('POST', IMAGES, bearer(to.engineer), 'transfer-encoding: chunked'),
      '1\r\nx\r\n'.repeat(500_000),
    ],
    [400, 0],
    SOME,
  ),
  json('1 MiB of opening brackets', () => '['.repeat(MIB), [400]),
  json('200,000 objects in each other', () => '{"a":'.repeat(200_000), [400]),
  json('200,000 wrong units', () => JSON.stringify({ units: new Array(200_000).fill(7) }), [400], SOME),
  json(
    '150,000 fields that are none',
    () => JSON.stringify(Object.fromEntries(Array.from({ length: 150_000 }, (_, n) => [`f${n}`, 1]))),
    [400, 413],
    SOME,
  ),
  json(
    'a field named __proto__',
    () => '{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}',
    [400],
  ),
  json('a text of NULs', () => JSON.stringify({ clientRef: '\u0000'.repeat(300_000) }), [400]),
  json('bytes that are no UTF-8', () => Buffer.from('7b22636c69656e74526566223a22fffe227d', 'hex'), [400]),
  json('half a surrogate pair', () => '{"image":"\\ud800","count":1,"clientRef":"\\udfff"}', [400]),
  json('a number of 10,000 digits', () => `{"count":${'9'.repeat(10_000)}}`, [400]),
  json('a body larger than its route takes', () => ' '.repeat(3 * MIB), [413]),
  sends(
    'a bomb in gzip',
    (to) => post(to, JOBS, gzipSync(Buffer.alloc(64 * MIB, 0x20)), 'content-encoding: gzip'),
    [413, 415],
    SOME,
  ),
  sends(
    'a coding that is none',
    (to) => post(to, JOBS, '{}', 'content-encoding: zstd, br, gzip'),
    [415, 400],
  ),
  sends(
    'a type that is none',
    (to) => [head('POST', JOBS, 'content-type: text/plain', bearer(to.engineer), 'content-length: 2'), '{}'],
    [415],
  ),
  sends(
    'a login of 5 KiB',
    () => [head('POST', '/api/v1/sessions', JSON_TYPE, 'content-length: 5000'), 'x'.repeat(5000)],
    [413],
  ),
  form(
    'a form of 10,000 parts',
    'multipart/form-data; boundary=b',
    () => `${part('x', 'y').repeat(10_000)}--b--\r\n`,
    [413, 400],
  ),
  form(
    'a form with a part head of 1 MiB',
    'multipart/form-data; boundary=b',
    () => `--b\r\nx: ${'y'.repeat(MIB)}\r\n\r\n`,
    [400, 413],
  ),
  form(
    'a form that is cut',
    'multipart/form-data; boundary=b',
    () => part('file', 'abc').slice(0, -9),
    [400],
  ),
  form('a form without a boundary', 'multipart/form-data', () => 'abc', [400]),
];
