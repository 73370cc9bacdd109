/**
 * A factory's program, written against the generated client as its people would write it. It is text because the
 * client that it imports comes to be while the test runs; there both are type-checked under `strict`.
 */
export const MES_PROGRAM = `
import { Api, type Job, type Problem, type Run, type StationEvent } from './client.ts';

export interface Order {
  readonly url: string;
  readonly token: string;
  /** Of a person who signs: a release takes an account. */
  readonly signer: string;
  readonly firmware: Uint8Array<ArrayBuffer>;
  readonly key: string;
  readonly fetch: typeof fetch;
}

export async function makeBoards({ url, token, signer, firmware, key, fetch }: Order) {
  const station = new Api<string>({
    baseUrl: url,
    customFetch: fetch,
    securityWorker: (bearer) => ({ headers: { authorization: \`Bearer \${bearer}\` } }),
  });
  station.setSecurityData(token);
  const mes = station.api;

  const { data: place } = await mes.getEventPlace();
  const { data: image } = await mes.uploadImage({ file: new File([firmware], 'blinky.bin') });
  const { data: range } = await mes.createSerialRange({
    name: 'sn',
    source: 'counter',
    format: { prefix: 'BW-', width: 6, check: 'luhn' },
  });
  const { data: recipe } = await mes.createRecipe({
    name: 'blinky',
    image: image.id,
    steps: ['connect', { step: 'identify', onDiffers: 'hold' }, 'erase', 'program', 'reset', { step: 'verify' }, 'reset'],
    patches: [{ from: 'range', range: range.name, address: '0x0800fc00', encoding: 'ascii', bytes: 12 }],
  });
  station.setSecurityData(signer);
  const { data: released } = await mes.releaseRecipe(recipe.name, recipe.revision, { by: 'weber' });
  station.setSecurityData(token);
  const { data: order } = await mes.createWorkOrder({
    id: 'WO-1',
    recipe: { name: released.name, revision: released.revision },
    quantity: 1,
  });

  const post = () =>
    mes.createJob(
      { workOrder: order.id, units: [{ slot: '1', serial: null }], clientRef: 'mes-4711' },
      { headers: { 'Idempotency-Key': key } },
    );
  const posted = await post();
  const replayed = await post();
  let job: Job = posted.data;
  for (const end = Date.now() + 60_000; job.state !== 'completed'; ) {
    if (Date.now() > end) throw new Error(\`the job is still \${job.state}: \${JSON.stringify(job.counts)}\`);
    await new Promise((wait) => setTimeout(wait, 50));
    job = (await mes.getJob(job.id)).data;
  }

  const { data: runs } = await mes.listJobRuns(job.id);
  const run: Run = runs.data[0]!;
  const deviceId: string | null = run.identity?.deviceId ?? null;
  // Each of these may be null, and the client says so: with a forgotten null this is an error of the compiler.
  const strength: 'high' | 'medium' | 'low' | null = run.assessment!.strength;
  const mayBeNull: null extends NonNullable<Run['identity']>['romTable'] ? true : false = true;
  const board = run.identity?.uid ? (await mes.getBoard(run.identity.uid)).data.data : [];
  const { data: yields } = await mes.getYield({ recipe: recipe.name });
  const { data: audit } = await mes.listAudit({ subject: \`work-order/\${order.id}\` });
  const table = await mes.listRuns({ limit: 1 }, { format: 'text', headers: { accept: 'text/csv' } });
  const file = await mes.downloadImage(image.id, { format: 'blob' });

  const told: StationEvent[] = [];
  for (let after = place.lastEventId; ; ) {
    const { data: page } = await mes.listEvents({ after, limit: 5 });
    told.push(...page.data);
    if (page.nextCursor === null) break;
    after = Number(page.nextCursor);
  }
  const passed = told.flatMap((event) => (event.type === 'run.completed' ? [event.data.outcome] : []));

  const held = (await mes.createJob({ image: image.id, count: 1, hold: true })).data;
  const cancelled = (await mes.cancelJob(held.id)).data;
  const refusals: Problem[] = [];
  for (const refused of [
    () => mes.getJob('job_none'),
    () => mes.createJob({ image: image.id, count: 0 }),
    () => mes.cancelJob(held.id, { reason: 'twice' }),
  ])
    await refused().catch((answer: Awaited<ReturnType<typeof refused>>) => refusals.push(answer.error));

  return {
    ...{ image, range, recipe, released, order, job, run, deviceId, strength, mayBeNull, board, yields, audit },
    ...{ passed, cancelled, refusals, replayed: [posted.data.id, replayed.data.id] },
    replay: replayed.headers.get('idempotency-replayed'),
    table: table.data as unknown as string,
    downloaded: new Uint8Array(await file.data.arrayBuffer()),
  };
}
`;
