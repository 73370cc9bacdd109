import { jest } from '@jest/globals';
import { ScanFate, type Image, type Slot } from '@boardwalk/contracts';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokenRules } from '../apps/api/src/testing/one-serial-rules.ts';
import { StationProcess, until } from './running-station.ts';

/** More acts take longer: about a quarter of a second each. */
const ACTS = Number(process.env['BOARDWALK_BENCH_ACTS'] ?? 60);
const SEED = Number(process.env['BOARDWALK_BENCH_SEED'] ?? Date.now() % 2 ** 31);
/** The process is killed once in so many acts. */
const KILL_EVERY = 30;

jest.setTimeout(120_000 + ACTS * 10_000);

const SLOTS = ['1', '2', '3', '4', '5', '6', '7', '8'];
const CHIPS = Array.from({ length: 12 }, (_, index) => `066fff48535188508717${4700 + index}`);
const SERIALS = Array.from({ length: 10 }, (_, index) => `SN${1000 + index}`);
/** Work orders by what their recipe, `app-…`, does about a doubt, and their quantities. */
const ORDERS = { hold: 6, refuse: 3, accept: 5 } as const;
/** No firmware that runs: a stack, an entry, and bytes to verify. */
const FIRMWARE = new Uint8Array(300);
new DataView(FIRMWARE.buffer).setUint32(0, 0x20005000, true);
new DataView(FIRMWARE.buffer).setUint32(4, 0x08000009, true);

const data = mkdtempSync(join(tmpdir(), 'boardwalk-one-serial-'));
const station = new StationProcess(data, {
  BOARDWALK_VIRTUAL_BOARDS: SLOTS.map(() => 'f103c8+empty').join(','),
  BOARDWALK_DEMO: '0',
});
/** The chip in each socket, as the hand knows it. */
const sockets = new Map<string, string>();
/** Codes of boards that were answered. */
let scanned = 0;

afterAll(async () => {
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

/** A request that may be refused, but not fail. */
async function asked(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await station.call(method, `/api/v1${path}`, body);
  const text = await answer.text();
  if (answer.status >= 500) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

async function scan(code: string, slot?: string): Promise<void> {
  await asked('POST', '/scans', { code, ...(slot === undefined ? {} : { slot }) });
  if (SERIALS.includes(code)) scanned += 1;
}

/** A chip is in one socket at a time. */
async function insert(slot: string, chip: string, fault: string | null): Promise<void> {
  if (sockets.has(slot) || [...sockets.values()].includes(chip)) return;
  sockets.set(slot, chip);
  await asked('POST', `/virtual/slots/${slot}/clear`, {});
  await asked('POST', `/virtual/slots/${slot}/insert`, { board: `f103c8+uid=${chip}` });
  if (fault !== null) await asked('POST', `/virtual/slots/${slot}/fault`, { fault });
}

async function remove(slot: string): Promise<void> {
  if (!sockets.delete(slot)) return;
  await asked('POST', `/virtual/slots/${slot}/remove`, {});
}

/** Boards that were put in are looked at, and what runs ends. */
async function settle(): Promise<void> {
  const busy = ({ name, state, board }: Slot): boolean =>
    state === 'running' || (sockets.has(name) && board === null && state !== 'low-voltage');
  await until(
    async () => (await station.json<{ data: Slot[] }>('GET', '/slots')).data,
    (slots) => !slots.some(busy),
    60,
  );
}

/** The process dies, and the next one finds the boards in their sockets again. */
async function kill(): Promise<void> {
  await station.end('SIGKILL');
  await station.start();
  const inside = [...sockets];
  sockets.clear();
  for (const [slot, chip] of inside) await insert(slot, chip, null);
}

interface Named {
  readonly says: string;
  readonly act: () => Promise<unknown>;
}

const named = (says: string, act: () => Promise<unknown>): Named => ({ says, act });
const slot = fc.constantFrom(...SLOTS);
const chip = fc.constantFrom(...CHIPS);
const serial = fc.constantFrom(...SERIALS);
const order = fc.constantFrom(...Object.keys(ORDERS).map((policy) => `WO-${policy}`));
const fault = fc.constantFrom(null, null, null, 'flash-ignores-writes', 'enter-fails 1');
const post = (path: string, body: unknown) => (): Promise<unknown> => asked('POST', path, body);
const reason = 'drawn at random';

/** Everything that happens at a bench. A new act is one line here. */
const acts: readonly fc.WeightedArbitrary<Named>[] = [
  { weight: 8, arbitrary: serial.map((n) => named(`scan ${n}`, () => scan(n))) },
  {
    weight: 3,
    arbitrary: fc.tuple(serial, slot).map(([n, s]) => named(`scan ${n} for ${s}`, () => scan(n, s))),
  },
  { weight: 2, arbitrary: order.map((o) => named(`scan ${o}`, () => scan(o))) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(
        'AGAIN',
        'AGAIN-retest',
        'SKIP',
        'UNDO',
        'RUN-ALL',
        'LOT-B1',
        'LOGOUT',
        'SLOT-3',
        'SLOT-7',
      )
      .map((c) => named(`command ${c}`, () => scan(`%BW-${c}`))),
  },
  {
    weight: 10,
    arbitrary: fc
      .tuple(slot, chip, fault)
      .map(([s, c, f]) => named(`insert ${s} ${c} ${f ?? ''}`, () => insert(s, c, f))),
  },
  { weight: 5, arbitrary: slot.map((s) => named(`remove ${s}`, () => remove(s))) },
  {
    weight: 6,
    arbitrary: fc.tuple(serial, slot, chip).map(([n, s, c]) =>
      named(`scan ${n} for ${s}, then ${c} is put in`, async () => {
        await remove(s);
        await scan(n, s);
        await insert(s, c, null);
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(order, fc.uniqueArray(serial, { minLength: 1, maxLength: 3 }), fc.boolean())
      .map(([workOrder, of, again]) =>
        named(
          `job ${of.join()} in ${workOrder}${again ? ' again' : ''}`,
          post('/jobs', {
            workOrder,
            units: of.map((n) => (again ? { serial: n, again: reason } : { serial: n })),
          }),
        ),
      ),
  },
  {
    weight: 1,
    arbitrary: order.map((workOrder) =>
      named(`job of 2 in ${workOrder}`, post('/jobs', { workOrder, count: 2 })),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(chip, fc.constantFrom('same-board', 'replaced', 'duplicate-uid', 'accept', 'reject', 'refuse'))
      .map(([c, decision]) =>
        named(
          `decide ${c} ${decision}`,
          post(`/boards/${c}/decision`, { about: 'record', decision, reason }),
        ),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(order, fc.constantFrom('accept', 'reject', 'refuse'))
      .map(([o, decision]) =>
        named(
          `decide lot-${o} ${decision}`,
          post(`/lots/lot-${o}/decision`, { about: 'record', decision, reason }),
        ),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(chip, fc.constantFrom('golden', 'bad'))
      .map(([c, kind]) => named(`mark ${c} ${kind}`, post(`/boards/${c}/reference`, { kind, note: reason }))),
  },
  { weight: 1, arbitrary: chip.map((c) => named(`repair ${c}`, post(`/boards/${c}/repair`, { reason }))) },
  { weight: 6, arbitrary: fc.constant(named('settle', settle)) },
];
const KILL = named('kill', kill);

type SyncRows = <Row>(sql: string) => Row[];

/** Codes scanned = started + waiting + refused + expired + cancelled + held, and each is what the tables say. */
function scanEquation(rows: SyncRows): string[] {
  const wrong: string[] = [];
  const counts = new Map(
    rows<{ fate: string; n: number }>(
      `SELECT "fate", COUNT(*) n FROM "scan_log" WHERE "fate" IS NOT NULL GROUP BY "fate"`,
    ).map(({ fate, n }) => [fate, n]),
  );
  const sum = [...counts.values()].reduce((total, n) => total + n, 0);
  const unknown = [...counts.keys()].filter((fate) => !ScanFate.safeParse(fate).success);
  if (sum !== scanned || unknown.length > 0)
    wrong.push(`${scanned} codes were scanned, and the record has ${JSON.stringify([...counts])}`);
  const count = (sql: string): number => rows<{ n: number }>(sql)[0]!.n;
  const started = count(
    `SELECT COUNT(*) n FROM "JobUnit" u JOIN "Scan" s ON s."unitId" = u."id" WHERE u."runId" IS NOT NULL`,
  );
  if ((counts.get('started') ?? 0) !== started)
    wrong.push(`${started} scanned units have a run, and ${counts.get('started') ?? 0} codes are "started"`);
  return wrong;
}

async function check(says: string): Promise<void> {
  const file = new Sqlite(join(data, 'boardwalk.db'), { readonly: true });
  const rows: SyncRows = <Row>(sql: string) => file.prepare(sql).all() as Row[];
  const broken = [...(await brokenRules(rows)), ...scanEquation(rows)];
  file.close();
  if (broken.length > 0) throw new Error(`after "${says}": ${broken.join('; ')}`);
}

async function prepare(): Promise<void> {
  await station.start();
  const { id: image } = await (
    await station.call('POST', '/api/v1/images?name=a.bin', FIRMWARE, {
      'content-type': 'application/octet-stream',
    })
  )
    .json()
    .then((body) => body as Image);
  for (const [policy, quantity] of Object.entries(ORDERS)) {
    const recipe = { name: `app-${policy}` };
    await station.json('POST', '/recipes', { ...recipe, image, onRecordDoubt: policy });
    const lot = { lot: `lot-WO-${policy}`, supplier: 'S' };
    await station.json('POST', '/work-orders', { id: `WO-${policy}`, recipe, quantity, ...lot });
  }
}

test(`at a bench of eight slots no serial is on two chips, no chip under two serials, no order has a board too many, and every code is accounted for (seed ${SEED})`, async () => {
  await prepare();
  const [drawn] = fc.sample(fc.array(fc.oneof(...acts), { minLength: ACTS, maxLength: ACTS }), {
    seed: SEED,
    numRuns: 1,
  });
  await scan('WO-accept');
  await scan(SERIALS[0]!, '1');
  await insert('1', CHIPS[0]!, null);
  // Whatever is drawn, one board of the record has passed.
  const passes = `SELECT COUNT(*) n FROM "Run" WHERE "outcome" = 'PASS'`;
  await until(
    async () => station.rows<{ n: number }>(passes)[0]!.n,
    (n) => n === 1,
    60,
  );
  const done: string[] = [];
  try {
    for (const [index, each] of drawn!.entries()) {
      const { says, act } = index % KILL_EVERY === KILL_EVERY - 1 ? KILL : each;
      done.push(says);
      await act();
      await check(says);
    }
    await settle();
    await check('the end');
  } catch (cause) {
    throw new Error(`Seed ${SEED}: ${(cause as Error).message}\nActs:\n${done.join('\n')}`, { cause });
  }
  const [{ runs, passed } = { runs: 0, passed: 0 }] = station.rows<{ runs: number; passed: number }>(
    `SELECT COUNT(*) runs, SUM("outcome" = 'PASS') passed FROM "Run"`,
  );
  console.log(`${ACTS} acts with ${runs} runs, ${passed} passed, ${scanned} codes of boards; seed ${SEED}.`);
  expect(passed).toBeGreaterThan(0);
});
