import { jest } from '@jest/globals';
import { backUp, openToRead, restore, verifyDatabase } from '@boardwalk/records';
import { RunQuery } from '@boardwalk/contracts';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { DATA_FOLDERS, unpackDataFolder } from '../testing/data-folder.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { ImageRenaming } from './image-renaming.ts';

jest.setTimeout(60_000);

const LOG = pino({ level: 'silent' });
let ledger: LedgerBench;
afterEach(() => ledger.close());

const renaming = (folder: string) =>
  new ImageRenaming(ledger.database, join(folder, 'images'), ledger.events, LOG);

async function open(name: (typeof DATA_FOLDERS)[number]): Promise<string> {
  const folder = unpackDataFolder(name);
  ledger = new LedgerBench({}, folder);
  return folder;
}

test.each(DATA_FOLDERS)(
  'images of the folder %s get new ids, and their old ones name them for ever',
  async (name) => {
    const folder = await open(name);
    const { database, images, runs } = ledger;
    const before = await database.image.findMany();
    const runsBefore = await database.run.findMany({ orderBy: { id: 'asc' } });
    expect(await renaming(folder).run()).toBe(before.length);
    expect(await renaming(folder).run()).toBe(0);
    for (const { id: old } of before) {
      const image = await images.get(old);
      expect(image.id).not.toBe(old);
      expect(image).toMatchObject({ fileSha256: old, raw: true, earlierIds: [old] });
      const firmware = await images.load(old);
      expect(firmware.segments.map(({ data }) => data.length)).toEqual(
        image.segments.map(({ bytes }) => bytes),
      );
      const query = (which: string) => runs.list(RunQuery.parse({ image: which, limit: 500 }));
      const found = runsBefore.filter(({ imageSha256 }) => imageSha256 === old).map(({ id }) => id);
      for (const which of [old, image.id])
        expect((await query(which)).data.map(({ id }) => id).sort()).toEqual(found);
    }
    // The record is not rewritten, and still agrees with its chain.
    expect(await database.run.findMany({ orderBy: { id: 'asc' } })).toEqual(runsBefore);
    const file = openToRead(ledger.file);
    expect(verifyDatabase(file).firstBad).toBeNull();
    file.close();
  },
);

test('a run that follows is recorded under the new id, beside the file that the job named', async () => {
  const folder = await open('2026-11-26-chain');
  await renaming(folder).run();
  const [alias] = await ledger.database.imageAlias.findMany();
  await ledger.database.jobUnit.updateMany({ data: { state: 'done' } });
  const job = await ledger.post({ image: alias!.id, count: 1 });
  expect(job).toMatchObject({ image: alias!.image, imageFileSha256: alias!.id });
  const claim = await ledger.claim('1');
  const rows = await ledger.database.$queryRawUnsafe(
    'SELECT image_sha256, image_file_sha256 FROM board_log WHERE run_id = ?',
    claim!.runId,
  );
  expect(rows).toEqual([{ image_sha256: alias!.image, image_file_sha256: alias!.id }]);
});

test('a recipe of an earlier version runs on with the image that it named then', async () => {
  const folder = await open('2026-11-26-chain');
  const { database } = ledger;
  const before = await database.recipe.findFirstOrThrow({ where: { name: 'app' } });
  await renaming(folder).run();
  await database.jobUnit.updateMany({ data: { state: 'done' } });
  const job = await ledger.post({ recipe: { name: 'app', revision: before.revision }, count: 1 });
  expect(job.image).not.toBe(before.image);
  expect(await database.recipe.findFirstOrThrow({ where: { name: 'app' } })).toEqual(before);
  expect((await ledger.offer('1')).claim).toMatchObject({ recipe: { name: 'app' } });
});

test('an image whose file is gone keeps its id, is refused by the cause, and comes back with its file', async () => {
  const folder = await open('2026-11-26-chain');
  const { database, images } = ledger;
  const [gone] = await database.image.findMany({ orderBy: { id: 'asc' } });
  const path = join(folder, 'images', gone!.id);
  renameSync(path, `${path}.away`);
  await renaming(folder).run();
  await expect(ledger.post({ image: gone!.id, count: 1 })).rejects.toMatchObject({
    code: 'image-unreadable',
    message: expect.stringMatching(/is missing\. Upload it again\./) as string,
  });
  renameSync(`${path}.away`, path);
  const bytes = await images.file(gone!.id);
  const { image } = await images.add({ bytes, raw: true });
  expect(image.earlierIds).toEqual([gone!.id]);
  expect(await ledger.post({ image: gone!.id, count: 1 })).toMatchObject({ image: image.id });
});

test('backups from before and after the change restore with every file of their images', async () => {
  const folder = await open('2026-11-26-chain');
  const records = { folder, databaseFile: ledger.file, images: join(folder, 'images') };
  const early = backUp(records, join(folder, 'early.boardwalk'));
  await renaming(folder).run();
  const late = backUp(records, join(folder, 'late.boardwalk'));
  expect([early.missing, late.missing, late.images]).toEqual([[], [], early.images]);
  const author = { actor: 'host:test', role: 'host', reason: 'a test' };
  for (const { file } of [early, late]) {
    const other = mkdtempSync(join(tmpdir(), 'boardwalk-other-'));
    restore(
      file,
      { folder: other, databaseFile: join(other, 'boardwalk.db'), images: join(other, 'images') },
      author,
    );
    const restored = new LedgerBench({}, other);
    await new ImageRenaming(restored.database, join(other, 'images'), restored.events, LOG).run();
    for (const { id } of await restored.database.imageAlias.findMany())
      expect((await restored.images.load(id)).sizeBytes).toBeGreaterThan(0);
    expect(await restored.database.imageAlias.count()).toBe(early.images);
    await restored.close();
    rmSync(other, { recursive: true, force: true });
  }
});

test('a backup with images under old ids and under new ones restores over a folder that has gone on', async () => {
  const folder = await open('2026-11-26-chain');
  const { database } = ledger;
  const records = { folder, databaseFile: ledger.file, images: join(folder, 'images') };
  const before = (await database.image.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);
  const [late] = before;
  renameSync(join(folder, 'images', late!), join(folder, 'late'));
  await renaming(folder).run();
  renameSync(join(folder, 'late'), join(folder, 'images', late!));
  const half = backUp(records, join(folder, 'half.boardwalk'));
  expect([half.missing, half.images]).toEqual([[], before.length]);
  // The station goes on: the last image gets its id too.
  expect(await renaming(folder).run()).toBe(1);
  const now = (await database.imageAlias.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);
  expect(now).toEqual(before);
  await database.$disconnect();
  rmSync(join(folder, 'images', before.at(-1)!));
  const report = restore(half.file, records, { actor: 'host:test', role: 'host', reason: 'a test' });
  expect(report).toMatchObject({ images: before.length, imagesWritten: 1 });
  ledger = new LedgerBench({}, folder);
  expect(await ledger.database.imageToName.count()).toBe(1);
  expect(await renaming(folder).run()).toBe(1);
  for (const id of before) {
    const image = await ledger.images.get(id);
    expect(image).toMatchObject({ fileSha256: id, earlierIds: [id] });
    expect((await ledger.images.load(id)).sizeBytes).toBeGreaterThan(0);
  }
});
