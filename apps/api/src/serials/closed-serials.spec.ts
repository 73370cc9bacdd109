import { jest } from '@jest/globals';
import { openGeneration } from '@boardwalk/records';
import { LedgerBench } from '../testing/ledger-bench.ts';

jest.setTimeout(60_000);

let bench: LedgerBench;
beforeEach(async () => void (bench = await new LedgerBench().open()));
afterEach(() => bench.close());

const close = () => bench.database.$executeRaw`UPDATE "Generation" SET "closed" = true`;
const state = async (id: string) => {
  const { state, reason } = await bench.jobs.get(id);
  return [state, reason];
};

test('closed serials hold a job that takes one of a range, until a person opens them', async () => {
  await bench.range({ name: 'sn', source: 'counter', format: { prefix: 'A-', width: 5 }, first: 1 });
  const patches = [
    { from: 'range' as const, range: 'sn', address: '0x08000100', encoding: 'ascii' as const, bytes: 7 },
  ];
  await bench.recipe({ name: 'app', patches });
  await close();
  const job = await bench.post({ recipe: { name: 'app' }, count: 1 });
  expect(await bench.claim('1')).toBeNull();
  expect(await state(job.id)).toEqual([
    'held',
    expect.stringMatching(/^Serial ranges are closed\. .*boardwalk record open/),
  ]);
  const author = { actor: 'host:test', role: 'host', reason: null };
  await bench.database.aside((file) => openGeneration(file, author));
  await bench.jobs.act(job.id, 'release');
  expect(await bench.claim('1')).toMatchObject({ serial: 'A-00001' });
});

test('while serials are closed a board with a known serial runs, and one with an unknown serial waits', async () => {
  const done = await bench.post({ image: bench.image, units: [{ serial: 'KNOWN' }] });
  const claim = (await bench.claim('1'))!;
  await bench.end(claim, 'FAIL', 'verify-failed');
  expect((await bench.jobs.get(done.id)).state).toBe('completed');
  await close();
  const unknown = await bench.post({ image: bench.image, units: [{ serial: 'NEW' }] });
  expect(await bench.claim('1')).toBeNull();
  expect(await state(unknown.id)).toEqual([
    'held',
    expect.stringMatching(/^Serial NEW is not known to the record/),
  ]);
  await bench.post({ image: bench.image, units: [{ serial: 'KNOWN' }] });
  expect(await bench.claim('1')).toMatchObject({ serial: 'KNOWN' });
  await bench.post({ image: bench.image, count: 1 });
  expect(await bench.claim('2')).not.toBeNull();
});
