import { jest } from '@jest/globals';
import type { AuditRow, Image, Job, Problem, Recipe, Run, WorkOrder } from '@boardwalk/contracts';
import type { YieldReport } from '@boardwalk/reports';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnswerJudge, recording, type Answer } from './generated-client/answers.ts';
import { routes, type Route } from './generated-client/document.ts';
import { generateClient, load, typeErrors } from './generated-client/generate.ts';
import { MES_PROGRAM } from './generated-client/mes-program.ts';
import { StationProcess } from './running-station.ts';

jest.setTimeout(120_000);

/** A stack pointer, a reset vector that points into it, and bytes. */
const FIRMWARE = Uint8Array.from({ length: 3000 }, (_, i) => (i * 37 + (i >> 4)) & 0xff);
FIRMWARE.set([0x00, 0x10, 0x00, 0x20, 0x09, 0x00, 0x00, 0x08]);

const folder = mkdtempSync(join(tmpdir(), 'boardwalk-client-'));
const data = mkdtempSync(join(tmpdir(), 'boardwalk-client-station-'));
const station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: 'f103c8,f103c8+empty' });
const answers: Answer[] = [];
let source: string;
let signer: string;

beforeAll(async () => {
  source = await generateClient(folder);
  writeFileSync(join(folder, 'mes.ts'), MES_PROGRAM);
  await station.start();
});
afterAll(async () => {
  await station.end('SIGKILL');
  for (const each of [folder, data]) rmSync(each, { recursive: true, force: true });
});

interface Made {
  readonly image: Image;
  readonly released: Recipe;
  readonly order: WorkOrder;
  readonly job: Job;
  readonly run: Run;
  readonly deviceId: string | null;
  readonly board: Run[];
  readonly yields: YieldReport;
  readonly audit: { readonly data: AuditRow[] };
  readonly passed: string[];
  readonly cancelled: Job;
  readonly refusals: Problem[];
  readonly replayed: string[];
  readonly replay: string | null;
  readonly table: string;
  readonly downloaded: Uint8Array;
}
interface Mes {
  makeBoards(order: object): Promise<Made>;
}

test('the client generated from the document, and a program written against it, are sound under strict', () => {
  expect(typeErrors(join(folder, 'mes.ts'))).toEqual([]);
});

test('the generated client makes a board: image, recipe, order, job, and everything that is told of it', async () => {
  const mes = await load<Mes>(folder, ['client', 'mes']);
  const { url, token } = station;
  await station.json('POST', '/accounts', { name: 'weber', role: 'quality' });
  ({ token: signer } = await station.json<{ token: string }>('POST', '/accounts/weber/tokens', {}));
  const made = await mes.makeBoards({
    url,
    token,
    signer,
    firmware: FIRMWARE,
    key: 'mes-0001',
    fetch: recording(answers),
  });
  expect(made.job).toMatchObject({ state: 'completed', workOrder: 'WO-1', counts: { passed: 1 } });
  expect([made.replayed[0], made.replay]).toEqual([made.replayed[1], 'true']);
  expect(made.run).toMatchObject({ outcome: 'PASS', serial: 'BW-0000018', imageSha256: made.image.id });
  expect(made.deviceId).toBe(made.run.identity!.deviceId);
  expect(made.board.map(({ id }) => id)).toEqual([made.run.id]);
  expect(made.yields.total).toMatchObject({ boards: 1, firstPass: { count: 1, of: 1 } });
  expect(made.audit.data[0]).toMatchObject({ type: 'work-order.added', actor: 'start-token' });
  expect(made.passed).toEqual(['PASS']);
  expect(made.cancelled.state).toBe('cancelled');
  expect(made.refusals.map(({ status, code }) => [status, code])).toEqual([
    [404, 'not-found'],
    [400, 'invalid'],
    [409, 'wrong-state'],
  ]);
  expect(made.refusals[1]!.errors).toEqual([expect.objectContaining({ pointer: '/count' })]);
  expect(made.table.split('\r\n')).toEqual([
    expect.stringMatching(/^id,jobId,slot/),
    expect.stringMatching(/^run_/),
    '',
  ]);
  expect(Buffer.from(made.downloaded).equals(Buffer.from(FIRMWARE))).toBe(true);
});

test('every operation is a method of the client with a readable name of its own and words on what it does', () => {
  const names = routes.map(({ operation }) => operation.operationId);
  expect(names.length).toBeGreaterThan(45);
  expect([...new Set(names)]).toEqual(names);
  for (const { operation } of routes) {
    const { operationId, summary = '' } = operation;
    expect(operationId).toMatch(/^[a-z]+([A-Z][a-z]+)+$/);
    expect([operationId, source.includes(`export function ${operationId}(`)]).toEqual([operationId, true]);
    expect([operationId, summary]).toEqual([operationId, expect.stringMatching(/^[A-Z].{5,}\.$/) as string]);
  }
});

/** Examples that the station understands, and refuses because nothing of that name is there. */
const REFUSED: Readonly<Record<string, readonly [number, RegExp]>> = {
  createRecipe: [400, /^There is no image/],
  createWorkOrder: [400, /^There is no recipe "blinky" revision 7/],
  createJob: [400, /^There is no work order "WO-1000"/],
  reviseRecipe: [404, /^There is no recipe/],
  // The example's name is another person's.
  releaseRecipe: [403, /weber/],
  retireRecipe: [403, /weber/],
  ...Object.fromEntries(
    ['pause', 'hold', 'release', 'close'].map((act) => [`${act}WorkOrder`, [404, /^There is no work order/]]),
  ),
  ...Object.fromEntries(['cancel', 'hold', 'release'].map((act) => [`${act}Job`, [404, /^There is no job/]])),
  ...Object.fromEntries(
    ['markBoardInSlot', 'insertVirtualBoard', 'layVirtualFault'].map((act) => [
      act,
      [404, /^There is no slot/],
    ]),
  ),
  openSerials: [409, /./],
  decideBoard: [404, /^There is no board/],
  markReference: [404, /^There is no board/],
  repairBoard: [404, /^There is no board/],
  changeAccount: [404, /^There is no account/],
  createToken: [404, /^There is no account/],
  openSession: [401, /^This badge opens no account/],
};

/** What a person signs with a name of their own. */
const SIGNED: ReadonlySet<string> = new Set(['releaseRecipe', 'retireRecipe']);

const sent = async ({ method, path, operation }: Route): Promise<Answer> => {
  const named = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const { example } = operation.parameters!.find((parameter) => parameter.name === name)!;
    return encodeURIComponent(String(example));
  });
  await recording(answers)(`${station.url}${named}`, {
    method,
    headers: {
      authorization: `Bearer ${SIGNED.has(operation.operationId) ? signer : station.token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(operation.requestBody!.content['application/json']!.example),
  });
  return answers.at(-1)!;
};

test('the example of every body is understood by the station, and taken unless it names what is not there', async () => {
  const withBody = routes.filter(({ operation }) => operation.requestBody?.content['application/json']);
  expect(withBody.length).toBeGreaterThan(15);
  for (const route of withBody) {
    const { status, text } = await sent(route);
    const { operationId } = route.operation;
    const [refusal, says] = REFUSED[operationId] ?? [];
    expect([operationId, status, text]).toEqual([
      operationId,
      refusal ?? (status < 300 ? status : '2xx'),
      expect.any(String) as string,
    ]);
    if (says) expect((JSON.parse(text) as Problem).detail).toMatch(says);
  }
});

test('every answer that the station gave here is as the document has it, to the last field', () => {
  const judge = new AnswerJudge();
  expect(answers.length).toBeGreaterThan(40);
  expect(answers.map((answer) => judge.wrongWith(answer)).filter((wrong) => wrong !== null)).toEqual([]);
});
