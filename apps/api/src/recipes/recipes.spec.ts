import { SignBody } from '@boardwalk/contracts';
import type { Policy } from '../settings/policy.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';

let bench: LedgerBench;
afterEach(() => bench.close());

async function open(release: Policy['settings']['release']): Promise<void> {
  bench = await new LedgerBench({ release }).open();
  await bench.recipe({ name: 'app' });
}
const REVISION = { name: 'app', revision: 1 };
const sign = (by: string, action: 'release' | 'retire' = 'release', reason?: string) =>
  bench.releases.sign(REVISION, action, SignBody.parse({ by, reason }));
const post = () => bench.post({ recipe: { name: 'app' }, units: [{ slot: '1' }] });

test('where one signature is asked for, a draft does not run and a signed revision does', async () => {
  await open('one');
  await expect(post()).rejects.toMatchObject({ code: 'recipe-not-released' });
  await expect(bench.order({ id: 'WO', recipe: { name: 'app' }, quantity: 1 })).rejects.toMatchObject({
    code: 'recipe-not-released',
  });
  // An image alone would be a way around the signature.
  await expect(bench.post({ image: bench.image, count: 1 })).rejects.toMatchObject({
    code: 'recipe-not-released',
  });
  const released = await sign('A. Weber', 'release', 'first article passed');
  expect(released).toMatchObject({
    state: 'released',
    signatures: [{ action: 'release', by: 'A. Weber', reason: 'first article passed' }],
  });
  expect((await post()).recipe).toEqual(REVISION);
});

test('where two are asked for, one person counts once, however he spells himself', async () => {
  await open('two');
  expect((await sign('A. Weber')).state).toBe('draft');
  for (const again of ['a. weber', 'A.  Weber '])
    await expect(sign(again)).rejects.toMatchObject({ code: 'second-person-needed' });
  await expect(post()).rejects.toMatchObject({ code: 'recipe-not-released' });
  expect((await sign('B. Costa')).state).toBe('released');
  await expect(sign('C. Diaz')).rejects.toMatchObject({ code: 'wrong-state' });
  await post();
});

test('a job that names no revision gets the latest released one, not the draft after it', async () => {
  await open('open');
  expect((await post()).recipe.revision).toBe(1);
  await bench.recipes.revise('app', { ...(await bench.recipes.get('app')), onDiffers: 'reject' } as never);
  expect((await post()).recipe.revision).toBe(2);
  await sign('A. Weber');
  expect((await post()).recipe.revision).toBe(1);
});

test('a fill that image or patches claim, or that lies outside flash, is refused with the place in the recipe', async () => {
  await open('open');
  const made = (fill: object) =>
    bench.recipe({
      name: 'filled',
      steps: ['connect', 'erase', { step: 'program', fill }, 'reset', 'verify'],
      patches: [{ address: '0x08000400', encoding: 'ascii', bytes: 8, from: 'scan' }],
    });
  for (const [fill, says] of [
    [{ from: '0x080001ff', bytes: 1 }, /overlaps what is programmed at 0x08000000\.\.0x080001ff/],
    [{ from: '0x08000300', bytes: 1024 }, /overlaps what is programmed at 0x08000400/],
    [{ from: '0x20000000', bytes: 4 }, /lies outside flash/],
  ] as const)
    await expect(made(fill)).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ pointer: '/steps/2/fill', detail: expect.stringMatching(says) as string }],
    });
  const { steps } = await made({ value: 0 });
  expect(steps[2]).toEqual({ step: 'program', fill: { value: 0 } });
});

test('a retired revision runs no more: what waits is held and says why', async () => {
  await open('open');
  const job = await post();
  await sign('A. Weber', 'retire', 'bootloader bug');
  expect(await bench.jobs.get(job.id)).toMatchObject({
    state: 'held',
    reason: 'Revision 1 of recipe "app" was retired.',
  });
  expect(await bench.claim('1')).toBeNull();
  await expect(post()).rejects.toMatchObject({ code: 'recipe-retired' });
});

test('a job of a retired revision cannot be released, and one that slipped through is held, not run', async () => {
  await open('open');
  const job = await post();
  await sign('A. Weber', 'retire', 'bootloader bug');
  await expect(bench.jobs.act(job.id, 'release')).rejects.toMatchObject({ code: 'recipe-retired' });
  const told = await bench.events.after(0, 500);
  expect(told.filter(({ type }) => type === 'job.changed')).toMatchObject([
    { data: { id: job.id, state: 'held' } },
  ]);
  await bench.database.job.update({ where: { id: job.id }, data: { state: 'queued' } });
  expect(await bench.claim('1')).toBeNull();
  expect(await bench.jobs.get(job.id)).toMatchObject({
    state: 'held',
    reason: 'The recipe "app" revision 1 is retired; name another revision.',
  });
  expect(await bench.database.run.count()).toBe(0);
});

test('a patch that lies in no flash is refused with its place', async () => {
  await open('open');
  for (const address of ['0x0', '0x080ffffc', '0x20000000'])
    await expect(
      bench.recipe({ name: 'x', patches: [{ address, encoding: 'ascii', bytes: 8, from: 'scan' }] }),
    ).rejects.toMatchObject({
      errors: [
        { pointer: '/patches/0/address', detail: expect.stringContaining('lies outside flash') as string },
      ],
    });
});

test('a revision that was stored never changes', async () => {
  await open('open');
  const before = await bench.recipes.get('app', 1);
  await bench.recipes.revise('app', { ...before, timeoutSeconds: 7 });
  expect(await bench.recipes.get('app', 1)).toEqual(before);
  await expect(bench.recipe({ name: 'app' })).rejects.toMatchObject({ code: 'recipe-exists' });
});
