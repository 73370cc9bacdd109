import {
  bearer,
  expectStatus,
  head,
  JSON_TYPE,
  SOME,
  sends,
  statusOf,
  talk,
  type Attack,
  type Costs,
  type Target,
} from './attack.ts';

const post = (path: string, body: unknown, ...headers: readonly string[]): string[] => {
  const text = JSON.stringify(body);
  return [
    head(
      'POST',
      path,
      JSON_TYPE,
      `content-length: ${Buffer.byteLength(text)}`,
      'connection: close',
      ...headers,
    ),
    text,
  ];
};

/** The same request so often, several at a time; every answer is one of those expected, and the first of them comes. */
const flood = (
  name: string,
  times: number,
  request: (to: Target, turn: number) => readonly string[],
  expected: readonly number[],
  costs: Costs = SOME,
): Attack => ({
  ...{ name, ...costs },
  run: async (to) => {
    const seen = new Set<number>();
    for (let turn = 0; turn < times; turn += 10)
      await Promise.all(
        Array.from({ length: Math.min(10, times - turn) }, async (_, at) => {
          const answer = await talk(to, ...request(to, turn + at));
          expectStatus(name, answer, ...expected);
          seen.add(statusOf(answer));
        }),
      );
    if (!seen.has(expected[0]!))
      throw new Error(`${name}: nobody was answered ${expected[0]}, only ${[...seen].join()}.`);
  },
});

/** Four threads look at passwords, each with the memory that makes guessing dear (scrypt); the loop does not. */
const DEAR: Costs = { ...SOME, memoryMiB: 192 };

/** Secrets that are tried out, keys that belong to others, and what comes too often. */
export const SECRETS: readonly Attack[] = [
  flood(
    '200 wrong tokens',
    200,
    (_to, n) => [head('GET', '/api/v1/slots', bearer(`wrong-${n}`), 'connection: close')],
    [429, 401],
  ),
  flood(
    '30 wrong passwords',
    30,
    (_to, n) => post('/api/v1/sessions', { name: 'chief', password: `wrong ${n}` }),
    [429, 401],
    DEAR,
  ),
  flood('30 wrong badges', 30, (_to, n) => post('/api/v1/sessions', { badge: `OP-${n}` }), [429, 401], DEAR),
  flood(
    '33 codes of badges that are scanned',
    33,
    (to, n) => post('/api/v1/scans', { code: `OP-${n}` }, bearer(to.operator)),
    [200],
    DEAR,
  ),
  flood(
    '100 requests for what the role may not',
    100,
    (to) => [head('GET', '/api/v1/accounts', bearer(to.operator), 'connection: close')],
    [403],
  ),
  flood(
    '100 requests that say a reason of 8 KiB',
    100,
    (to) => [
      head(
        'GET',
        '/api/v1/slots',
        `boardwalk-reason: ${'%41'.repeat(2700)}`,
        bearer(to.operator),
        'connection: close',
      ),
    ],
    [200],
  ),
  flood(
    'one key for 50 different jobs',
    50,
    (to, n) =>
      post(
        '/api/v1/jobs',
        { recipe: { name: 'none' }, count: 1 + n },
        bearer(to.engineer),
        'idempotency-key: one',
      ),
    [400, 422, 409],
  ),
  sends(
    'a key of 10 KiB',
    (to) => post('/api/v1/jobs', { count: 1 }, bearer(to.engineer), `idempotency-key: ${'k'.repeat(10_000)}`),
    [400],
  ),
  {
    ...{ name: '5,000 requests in one packet', ...SOME },
    run: async (to) => {
      const requests = head('GET', '/api/v1/slots').repeat(5000);
      expectStatus('the first of them', await talk(to, requests), 401, 0);
    },
  },
];
