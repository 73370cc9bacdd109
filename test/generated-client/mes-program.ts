/**
 * A factory's program, written against the generated client as its people would write it. It is text because the
 * client that it imports comes to be while the test runs; there both are type-checked under `strict`.
 */
export const MES_PROGRAM = `
import { HttpError, ok } from '@oazapfts/runtime';
import * as mes from './client.ts';

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
  mes.defaults.baseUrl = url;
  mes.defaults.fetch = fetch;
  const asWhom = (bearer: string): void => {
    mes.defaults.headers = { authorization: \`Bearer \${bearer}\` };
  };
  asWhom(token);

  const place = await ok(mes.getEventPlace());
  const image = await ok(mes.uploadImage({ file: new File([firmware], 'blinky.bin') }));
  const range = await ok(
    mes.createSerialRange({
      name: 'sn',
      source: 'counter',
      format: { prefix: 'BW-', width: 6, check: 'luhn' },
    }),
  );
  const recipe = await ok(mes.createRecipe({
    name: 'blinky',
    image: image.id,
    steps: ['connect', { step: 'identify', onDiffers: 'hold' }, 'erase', 'program', 'reset', { step: 'verify' }, 'reset'],
    patches: [{ from: 'range', range: range.name, address: '0x0800fc00', encoding: 'ascii', bytes: 12 }],
  }));
  asWhom(signer);
  const released = await ok(mes.releaseRecipe(recipe.name, recipe.revision, { by: 'weber' }));
  asWhom(token);
  const order = await ok(mes.createWorkOrder({
    id: 'WO-1',
    recipe: { name: released.name, revision: released.revision },
    quantity: 1,
  }));

  const post = () =>
    mes.createJob(
      { workOrder: order.id, units: [{ slot: '1', serial: null }], clientRef: 'mes-4711' },
      { idempotencyKey: key },
    );
  const posted = await post();
  const replayed = await post();
  if (posted.status !== 201 || replayed.status !== 201) throw new Error(JSON.stringify(posted.data));
  let job: mes.Job = posted.data;
  for (const end = Date.now() + 60_000; job.state !== 'completed'; ) {
    if (Date.now() > end) throw new Error(\`the job is still \${job.state}: \${JSON.stringify(job.counts)}\`);
    await new Promise((wait) => setTimeout(wait, 50));
    job = await ok(mes.getJob(job.id));
  }

  const runs = await ok(mes.listJobRuns(job.id));
  const run: mes.Run = runs.data[0]!;
  const deviceId: string | null = run.identity?.deviceId ?? null;
  // Each of these may be null, and the client says so: with a forgotten null this is an error of the compiler.
  const strength: 'high' | 'medium' | 'low' | null = run.assessment!.strength;
  const mayBeNull: null extends NonNullable<mes.Run['identity']>['romTable'] ? true : false = true;
  const board = run.identity?.uid ? (await ok(mes.getBoard(run.identity.uid))).data : [];
  const yields = await ok(mes.getYield({ recipe: recipe.name }));
  const audit = await ok(mes.listAudit({ subject: \`work-order/\${order.id}\` }));
  const table = await mes.listRuns({ limit: 1 }, { headers: { accept: 'text/csv' } });
  // The client takes an answer that may be JSON as text: bytes are asked for by hand.
  const file = await fetch(\`\${url}/api/v1/images/\${image.id}/file\`, { headers: { authorization: \`Bearer \${token}\` } });

  const told: mes.StationEvent[] = [];
  for (let after = place.lastEventId; ; ) {
    const page = await ok(mes.listEvents({ after, limit: 5 }));
    told.push(...page.data);
    if (page.nextCursor === null) break;
    after = Number(page.nextCursor);
  }
  const passed = told.flatMap((event) => (event.type === 'run.completed' ? [event.data.outcome] : []));

  const held = await ok(mes.createJob({ image: image.id, count: 1, hold: true }));
  const cancelled = await ok(mes.cancelJob(held.id));
  const refusals: mes.Problem[] = [];
  for (const refused of [
    () => ok(mes.getJob('job_none')),
    () => ok(mes.createJob({ image: image.id, count: 0 })),
    () => ok(mes.cancelJob(held.id, { reason: 'twice' })),
  ])
    await refused().catch((answer: unknown) => {
      if (answer instanceof HttpError) refusals.push(answer.data as mes.Problem);
    });

  return {
    ...{ image, range, recipe, released, order, job, run, deviceId, strength, mayBeNull, board, yields, audit },
    ...{ passed, cancelled, refusals, replayed: [posted.data.id, replayed.data.id] },
    replay: replayed.headers.get('idempotency-replayed'),
    table: table.data as unknown as string,
    downloaded: new Uint8Array(await file.arrayBuffer()),
  };
}
`;
