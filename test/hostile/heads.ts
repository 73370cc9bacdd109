import { bearer, head, sends, SOME, talk, type Attack, type Target } from './attack.ts';

const MIB = 1024 * 1024;
const SLOTS = '/api/v1/slots';

/** What stands in files that no request may read. */
const SECRET = /root:|bwt_|BEGIN |"sha256"/;

/** One request for each path; nothing of this machine may be in the answers. */
const paths = (name: string, ...list: readonly string[]): Attack => ({
  ...{ name, ...SOME },
  run: async (target: Target) => {
    for (const path of list) {
      const answer = await talk(target, head('GET', path, bearer(target.operator), 'connection: close'));
      if (SECRET.test(answer) || /^HTTP\/1\.1 5/.test(answer)) throw new Error(`${path}: ${answer}`);
    }
  },
});

/** Heads that are wrong, too large, or mean two things. */
export const HEADS: readonly Attack[] = [
  sends('a request without a host', () => [`GET ${SLOTS} HTTP/1.1\r\n\r\n`], [400]),
  sends('bytes that are no request', () => [Buffer.alloc(4096)], [400, 0]),
  sends('a TLS handshake', () => [Buffer.from('16030100f8010000f40303', 'hex'), Buffer.alloc(240)], [400, 0]),
  sends('HTTP/0.9', () => ['GET /\r\n\r\n'], [200, 400]),
  sends('the preface of HTTP/2', () => ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], [400, 505]),
  sends('a header of 1 MiB', () => [head('GET', SLOTS, `x: ${'y'.repeat(MIB)}`)], [431, 0]),
  sends(
    '10,000 headers',
    () => [head('GET', SLOTS, ...Array.from({ length: 10_000 }, (_, n) => `x${n}: y`))],
    [431, 0],
  ),
  sends('an address of 1 MiB', () => [head('GET', `/${'a'.repeat(MIB)}`)], [431, 414, 0]),
  sends(
    'cookies of 12 KiB',
    (to) => [head('GET', SLOTS, `cookie: a=${'b'.repeat(12_000)}`, bearer(to.operator))],
    [200],
  ),
  sends('a token of 12 KiB', () => [head('GET', SLOTS, bearer('t'.repeat(12_000)))], [401]),
  sends(
    'two lengths',
    () => [head('POST', '/api/v1/scans', 'content-length: 2', 'content-length: 3'), '{}'],
    [400],
  ),
  sends(
    'a length and chunks',
    () => [
      head('POST', '/api/v1/scans', 'content-length: 4', 'transfer-encoding: chunked'),
      '0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
    ],
    [400],
  ),
  sends('a negative length', () => [head('POST', '/api/v1/scans', 'content-length: -1')], [400]),
  sends(
    'a length of petabytes',
    (to) => [head('POST', '/api/v1/scans', 'content-length: 9007199254740991', bearer(to.operator))],
    [413],
  ),
  sends('a header that is folded', () => [head('GET', SLOTS, 'x: a\r\n b', 'x : y')], [400]),
  sends('a header with a NUL', () => [head('GET', SLOTS, 'x: a\u0000b')], [400]),
  sends('two tokens', (to) => [head('GET', SLOTS, bearer('wrong'), bearer(to.operator))], [401]),
  sends('a method that is none', () => [head('FOO', SLOTS)], [400]),
  sends(
    'a tunnel',
    () => ['CONNECT elsewhere.example:80 HTTP/1.1\r\nhost: elsewhere.example:80\r\n\r\n'],
    [0, 400, 404, 405],
  ),
  sends('TRACE', () => [head('TRACE', SLOTS)], [405]),
  sends(
    'an upgrade where none is',
    (to) => [
      head(
        'GET',
        SLOTS,
        'connection: upgrade',
        'upgrade: websocket',
        'sec-websocket-version: 13',
        'sec-websocket-key: x',
        bearer(to.operator),
      ),
    ],
    [0, 200, 400, 404],
  ),
  sends(
    'an upgrade to HTTP/2',
    (to) => [
      head(
        'GET',
        SLOTS,
        'connection: upgrade, http2-settings',
        'upgrade: h2c',
        'http2-settings: AAMAAABkAAQAAP__',
        bearer(to.operator),
      ),
    ],
    [0, 200, 400],
  ),
  sends('escapes that are none', (to) => [head('GET', '/api/v1/jobs/%E0%A4%A', bearer(to.operator))], [400]),
  sends(
    'a limit of a billion',
    (to) => [head('GET', '/api/v1/runs?limit=1000000000', bearer(to.operator))],
    [400],
  ),
  sends(
    'a cursor that is none',
    (to) => [head('GET', `/api/v1/runs?cursor=${'A'.repeat(4000)}`, bearer(to.operator))],
    [400],
  ),
  sends(
    'a filter named __proto__',
    (to) => [head('GET', '/api/v1/runs?__proto__[x]=1&constructor=2', bearer(to.operator))],
    [400],
  ),
  paths(
    'paths out of the folder',
    ...['/../../../../etc/passwd', '/..%2f..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd'],
    ...['/_next/static/../../../../../var/token', '/_next/static/..%5c..%5c..%5cpackage.json'],
    ...[
      '/api/v1/images/..%2f..%2ftoken',
      '/api/v1/images/..%2ftoken/file',
      '/api/docs/..%2f..%2fpackage.json',
    ],
    ...[
      '/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd',
      '/....//....//etc/passwd',
      '//etc/passwd',
      '/\\..\\..\\token',
    ],
  ),
];
