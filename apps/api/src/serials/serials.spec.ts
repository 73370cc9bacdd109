import Sqlite from 'better-sqlite3';
import { LedgerBench } from '../testing/ledger-bench.ts';

let bench: LedgerBench;
beforeEach(async () => (bench = await new LedgerBench().open()));
afterEach(() => bench.close());

const A = 'a'.repeat(24);
const B = 'b'.repeat(24);
const patch = (rest: object) => ({ address: '0x0800fc00', encoding: 'ascii' as const, bytes: 12, ...rest });
const fromRange = (range: string) => patch({ from: 'range', range }) as never;
const issued = (range: string, state?: string) =>
  bench.serials.serials(range, { limit: 100, ...(state ? { state: state as 'voided' } : {}) });

async function ready(count = 10): Promise<void> {
  await bench.recipe({ name: 'app', patches: [fromRange('sn')] });
  await bench.post({ recipe: { name: 'app' }, units: Array.from({ length: count }, () => ({ slot: '1' })) });
}

test('a serial is reserved before the run, committed with PASS, and a gap with its reason otherwise', async () => {
  await bench.range({ name: 'sn', source: 'counter', format: { prefix: 'BW-', width: 4, check: 'luhn' } });
  await ready();
  const first = await bench.claim('1', A);
  expect([first?.serial, first?.patches[0]]).toEqual([
    'BW-00018',
    {
      address: '0x0800fc00',
      from: 'sn',
      value: 'BW-00018',
      hex: Buffer.from('BW-00018\0\0\0\0').toString('hex'),
    },
  ]);
  expect((await issued('sn')).data).toMatchObject([
    { value: 'BW-00018', state: 'reserved', slot: '1', uid: A },
  ]);
  await bench.end(first!, 'PASS');
  const second = await bench.claim('1', B);
  await bench.end(second!, 'FAIL', 'verify-mismatch');
  const third = await bench.claim('1', B);
  await bench.ledger.recover();
  const fourth = await bench.claim('1', B);
  await bench.end(fourth!, 'PASS');
  expect((await issued('sn')).data.map(({ value, state, reason }) => [value, state, reason])).toEqual([
    ['BW-00018', 'committed', null],
    ['BW-00026', 'voided', 'verify-mismatch'],
    [third!.serial, 'voided', 'interrupted'],
    [fourth!.serial, 'committed', null],
  ]);
  expect((await issued('sn', 'voided')).data).toMatchObject([
    { runId: second!.runId },
    { runId: third!.runId },
  ]);
  expect((await bench.serials.get('sn')).counts).toEqual({
    left: 9995,
    reserved: 0,
    committed: 2,
    voided: 2,
    elsewhere: 0,
  });
});

test('24 slots draw from one range at once, over two recipes: no serial comes twice', async () => {
  await bench.range({ name: 'sn', source: 'counter', format: { width: 3 } });
  const slots = Array.from({ length: 24 }, (_, index) => String(index));
  for (const name of ['one', 'two']) {
    await bench.recipe({ name, patches: [fromRange('sn')] });
    await bench.post({ recipe: { name }, units: slots.map((slot) => ({ slot })) });
  }
  const claims = await Promise.all([...slots, ...slots].map((slot) => bench.claim(slot)));
  expect(claims.map((claim) => claim?.serial).sort()).toEqual(
    claims.map((_, index) => String(index + 1).padStart(3, '0')),
  );
});

test('two ranges that spell alike never give one serial twice, and the database alone would refuse it', async () => {
  for (const name of ['sn', 'other']) await bench.range({ name, source: 'counter', format: { width: 2 } });
  await bench.recipe({
    name: 'both',
    patches: [fromRange('sn'), { ...(fromRange('other') as object), address: '0x0800f000' } as never],
  });
  await bench.post({ recipe: { name: 'both' }, units: [{ slot: '1' }, { slot: '1' }] });
  const claims = [await bench.claim('1'), await bench.claim('1')];
  expect(claims.flatMap((claim) => claim!.patches.map(({ value }) => value))).toEqual([
    '01',
    '02',
    '03',
    '04',
  ]);
  // What one range skipped is accounted for: all of its numbers are somewhere.
  for (const name of ['sn', 'other']) {
    const { counts, first, last } = await bench.serials.get(name);
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(last - first + 1);
    expect(counts.elsewhere).toBeGreaterThan(0);
  }
  const file = new Sqlite(bench.file);
  expect(() =>
    file.exec(
      `INSERT INTO "Serial" ("value", "range", "position", "state", "changedAt") VALUES ('01', 'x', 1, 'free', '')`,
    ),
  ).toThrow(/UNIQUE/);
  file.close();
});

test('a range that is used up holds the job and says so; no run is begun', async () => {
  await bench.range({ name: 'sn', source: 'counter', format: { width: 2 }, first: 99 });
  await ready(2);
  await bench.end((await bench.claim('1'))!, 'PASS');
  expect(await bench.claim('1')).toBeNull();
  const { data } = await bench.jobs.list({ limit: 1 });
  expect(data[0]).toMatchObject({
    state: 'paused',
    reason: expect.stringMatching(/^Serial range "sn" is used up\. Make another/) as string,
  });
  expect(await bench.serials.get('sn')).toMatchObject({ next: null, counts: { left: 0, committed: 1 } });
  expect(await bench.database.run.count()).toBe(1);
});

test('a list gives its values in order, each once, and none that was given before', async () => {
  await bench.range({ name: 'sn', source: 'list', values: ['MAC-1', 'MAC-7', 'MAC-3'] });
  await ready();
  const given = [];
  for (let n = 0; n < 4; n += 1) given.push((await bench.claim('1'))?.serial);
  expect(given).toEqual(['MAC-1', 'MAC-7', 'MAC-3', undefined]);
  const again = { source: 'list' as const, name: 'again' };
  await expect(bench.range({ ...again, values: ['NEW', 'MAC-7'] })).rejects.toMatchObject({
    code: 'serial-used',
    errors: [{ pointer: '/values/1' }],
  });
  await expect(bench.range({ ...again, values: ['X', 'Y', 'X'] })).rejects.toMatchObject({
    errors: [{ pointer: '/values/2' }],
  });
  expect(await bench.database.serialRange.count()).toBe(1);
});

test('a scanned code is written to its board, may come back with it, and is refused to another', async () => {
  await bench.recipe({
    name: 'scan',
    onRecordDoubt: 'refuse',
    patches: [patch({ from: 'scan' }) as never],
  });
  const scanned = (serial: string, again?: string) =>
    bench.post({ recipe: { name: 'scan' }, units: [{ slot: '1', serial, again }] });
  await scanned('LBL-1');
  const first = await bench.claim('1', A);
  expect(Buffer.from(first!.patches[0]!.hex, 'hex').toString()).toBe('LBL-1\0\0\0\0\0\0\0');
  await bench.end(first!, 'FAIL', 'verify-mismatch');
  expect((await issued('(scanned)', 'voided')).data).toMatchObject([
    { value: 'LBL-1', reason: 'verify-mismatch', runId: first!.runId },
  ]);
  for (const again of [undefined, 'audit']) {
    await scanned('LBL-1', again);
    await bench.end((await bench.claim('1', A))!, 'PASS');
  }
  const other = await scanned('LBL-1', 'audit');
  expect(await bench.claim('1', B)).toBeNull();
  expect(await bench.database.run.count({ where: { jobId: other.id } })).toBe(0);
  expect(await bench.jobs.get(other.id)).toMatchObject({
    ...{ state: 'completed', counts: { requested: 1, passed: 0, failed: 0 } },
    unitReasons: [
      {
        ...{ serial: 'LBL-1', state: 'refused' },
        reason: expect.stringContaining(`Serial LBL-1 belongs to chip ${A}`) as string,
      },
    ],
  });
  expect((await issued('(scanned)')).data).toMatchObject([{ value: 'LBL-1', state: 'committed', uid: A }]);
});

test('a code that a recipe writes at two places is one code, and a code of a list is taken from the list', async () => {
  await bench.range({ name: 'labels', source: 'list', values: ['LBL-1', 'LBL-2'] });
  const twice = [patch({ from: 'scan' }), patch({ from: 'scan', address: '0x0800f000' })];
  await bench.recipe({ name: 'scan', patches: twice as never });
  for (const serial of ['LBL-2', 'OWN-1']) {
    await bench.post({ recipe: { name: 'scan' }, units: [{ slot: '1', serial }] });
    const claim = await bench.claim('1', A);
    expect(claim?.patches.map(({ value }) => value)).toEqual([serial, serial]);
    await bench.end(claim!, 'PASS');
  }
  expect((await issued('labels')).data).toMatchObject([
    { value: 'LBL-1', state: 'free' },
    { value: 'LBL-2', state: 'committed', uid: A },
  ]);
});

test('a board that failed is tested again with the serial it has; what is written is what is recorded', async () => {
  await bench.range({ name: 'sn', source: 'counter', format: { width: 2 } });
  await bench.recipe({ name: 'app', onRecordDoubt: 'hold', patches: [fromRange('sn')] });
  const again = (serial: string | null, reason?: string) =>
    bench.post({ recipe: { name: 'app' }, units: [{ slot: '1', serial, again: reason }] });
  await again(null);
  await bench.end((await bench.claim('1', A))!, 'FAIL', 'verify-mismatch');
  // Another board that names it gets neither it nor a number that it does not name: it waits for a person.
  const other = await again('01');
  expect(await bench.claim('1', B)).toBeNull();
  expect(await bench.database.run.count({ where: { jobId: other.id } })).toBe(0);
  expect(await bench.jobs.get(other.id)).toMatchObject({
    ...{
      state: 'queued',
      unitReasons: [{ serial: '01', state: 'waiting', board: expect.any(Number) as number }],
    },
  });
  await bench.jobs.act(other.id, 'cancel');
  for (const reason of [undefined, 'audit']) {
    await again('01', reason);
    const claim = await bench.claim('1', A);
    expect([claim?.serial, claim?.patches[0]?.value]).toEqual(['01', '01']);
    await bench.end(claim!, 'PASS');
  }
  expect((await issued('sn')).data).toMatchObject([{ value: '01', state: 'committed', uid: A }]);
});

test('a board that names no serial gets the number that it has, or the next one where a recipe accepts a second', async () => {
  await bench.range({ name: 'sn', source: 'counter', format: { width: 2 } });
  for (const onRecordDoubt of ['hold', 'accept'] as const)
    await bench.recipe({ name: onRecordDoubt, onRecordDoubt, patches: [fromRange('sn')] });
  const run = async (name: string) => {
    await bench.post({ recipe: { name }, units: [{ slot: '1' }] });
    const claim = await bench.claim('1', A);
    await bench.end(claim!, 'PASS');
    return [claim?.serial, claim?.patches[0]?.value];
  };
  expect(await run('hold')).toEqual(['01', '01']);
  expect(await run('hold')).toEqual(['01', '01']);
  expect(await bench.database.recordFinding.count()).toBe(0);
  expect(await run('accept')).toEqual(['02', '02']);
  expect(await bench.database.recordFinding.findMany()).toMatchObject([
    { kind: 'uid-under-second-serial', serial: '02', uid: A, otherSerial: '01', policy: 'accept' },
  ]);
});

test('a value that its patch cannot spell holds its job and never keeps others from the slot', async () => {
  const format = { digits: 'alphabet' as const, alphabet: '0123456789X', width: 4 };
  await bench.range({ name: 'sn', source: 'counter', format, first: 9, last: 9 });
  const bcd = { ...patch({ from: 'range', range: 'sn' }), encoding: 'bcd' };
  await bench.recipe({ name: 'bcd', patches: [bcd as never] });
  // As a range may be that was made before recipes were held against it.
  await bench.database.serialRange.updateMany({ data: { next: 10, last: 10 } });
  const stuck = await bench.post({ recipe: { name: 'bcd' }, units: [{ slot: '1' }], priority: 90 });
  await bench.post({ image: bench.image, units: [{ slot: '1' }], clientRef: 'other' });
  expect((await bench.claim('1', A))?.unit.job.clientRef).toBe('other');
  expect(await bench.jobs.get(stuck.id)).toMatchObject({
    state: 'held',
    reason: 'The patch at 0x0800fc00 cannot be written: "000X" is not a decimal number.',
  });
  expect((await issued('sn', 'voided')).data).toMatchObject([{ value: '000X' }]);
});

test('a unit that does not bring what the recipe writes, or cannot be spelled, is refused at the door with its place', async () => {
  await bench.recipe({
    name: 'mes',
    patches: [
      patch({ from: 'scan' }) as never,
      { address: '0x0800f000', encoding: 'hex', bytes: 6, from: 'unit', field: 'mac/1' },
    ],
  });
  const mac = { 'mac/1': '00:80:e1:00:00:01' };
  const refused = bench.post({
    recipe: { name: 'mes' },
    units: [
      { serial: 'OK', data: mac },
      { data: mac },
      { serial: 'way too long a serial', data: { 'mac/1': 'xyz' } },
    ],
  });
  await expect(refused).rejects.toMatchObject({
    errors: [
      { pointer: '/units/1/serial' },
      { pointer: '/units/2/serial' },
      { pointer: '/units/2/data/mac~11' },
    ],
  });
  await expect(bench.post({ recipe: { name: 'mes' }, count: 2 })).rejects.toMatchObject({
    errors: [{ pointer: '/count' }],
  });
  expect(await bench.database.job.count()).toBe(0);
  await bench.post({ recipe: { name: 'mes' }, units: [{ serial: 'OK', slot: '1', data: mac }] });
  expect((await bench.claim('1'))?.patches.map(({ hex }) => hex)).toEqual([
    Buffer.from('OK'.padEnd(12, '\0')).toString('hex'),
    '0080e1000001',
  ]);
});

test('a recipe whose range is not there, or whose values would not fit, is refused with where', async () => {
  await bench.range({ name: 'sn', source: 'counter', format: { prefix: 'A-LONG-PREFIX-', width: 6 } });
  await expect(bench.recipe({ name: 'x', patches: [fromRange('nobody')] })).rejects.toMatchObject({
    errors: [{ pointer: '/patches/0/range' }],
  });
  await expect(bench.recipe({ name: 'x', patches: [fromRange('sn')] })).rejects.toMatchObject({
    errors: [{ pointer: '/patches/0/encoding' }],
  });
  // First and last are decimal numbers; what lies between is not.
  await bench.range({ name: 'hex', source: 'counter', format: { width: 2, digits: 'hex' }, last: 0x20 });
  const bcd = { ...patch({ from: 'range', range: 'hex' }), encoding: 'bcd' };
  await expect(bench.recipe({ name: 'x', patches: [bcd as never] })).rejects.toMatchObject({
    errors: [{ pointer: '/patches/0/encoding' }],
  });
  expect(await bench.database.recipe.count()).toBe(0);
});
