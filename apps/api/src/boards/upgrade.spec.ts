import { jest } from '@jest/globals';
import { CreateRecipe } from '@boardwalk/contracts';
import { openToRead, verifyDatabase } from '@boardwalk/records';
import { DATA_FOLDERS, unpackDataFolder } from '../testing/data-folder.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { recount } from './recount.ts';

jest.setTimeout(60_000);

let ledger: LedgerBench;
afterEach(() => ledger.close());

const ONE = '0668ff48534975508711e8ac';
const TWO = '066aff4853497550871164e5';
const THREE = '000b6bed4c30120e004e4a0a';

const verified = () => {
  const file = openToRead(ledger.file);
  try {
    return verifyDatabase(file);
  } finally {
    file.close();
  }
};

/** Every count that is kept of boards and orders. */
async function kept() {
  const { database } = ledger;
  return {
    boards: await database.board.findMany({ orderBy: { number: 'asc' } }),
    attempts: await database.boardAttempts.findMany({ orderBy: [{ board: 'asc' }, { recipe: 'asc' }] }),
    orders: await database.orderBoard.findMany({ orderBy: [{ workOrder: 'asc' }, { board: 'asc' }] }),
    runs: await database.run.findMany({
      orderBy: { sequence: 'asc' },
      select: { board: true, attempt: true },
    }),
    passed: await database.workOrder.findMany({ select: { id: true, passed: true } }),
  };
}

async function upgraded(name: (typeof DATA_FOLDERS)[number]): Promise<void> {
  ledger = new LedgerBench({}, unpackDataFolder(name));
  await ledger.oldRuns.begin();
  await ledger.ledger.recover();
  while (await ledger.oldRuns.step()) continue;
}

describe.each(DATA_FOLDERS)('the data folder %s', (name) => {
  beforeEach(() => upgraded(name));

  test('opens, verifies, and every run has the place of its run.started event and a board', async () => {
    expect(verified().firstBad).toBeNull();
    const runs = await ledger.database.run.findMany({ orderBy: { sequence: 'asc' } });
    const started = await ledger.database.event.findMany({
      where: { type: 'run.started' },
      orderBy: { id: 'asc' },
    });
    expect(runs.map(({ id, sequence }) => [id, sequence])).toEqual(
      started.map(({ id, data }) => [(JSON.parse(data!) as { id: string }).id, id]),
    );
    expect(runs.filter(({ board }) => board === null)).toEqual([]);
    expect(ledger.oldRuns.progress).toEqual({ counted: runs.length, total: runs.length, done: true });
  });

  test('has one board a chip, with its serials, and attempts counted in the record’s order', async () => {
    const boards = await ledger.database.board.findMany({ where: { uid: { not: null } } });
    expect(boards.map(({ uid }) => uid).sort()).toEqual([THREE, ONE, TWO].sort());
    const one = boards.find(({ uid }) => uid === ONE)!;
    const runs = await ledger.database.run.findMany({
      where: { board: one.number },
      orderBy: { sequence: 'asc' },
    });
    const ofApp = runs.filter(({ recipeName }) => recipeName === 'app');
    expect(ofApp.map(({ attempt }) => attempt)).toEqual(ofApp.map((_, index) => index + 1));
    expect(runs.find(({ outcome }) => outcome === 'ABORTED')!.attempt).toBeNull();
  });

  test('shows doubles of the past as findings, and they hold nothing', async () => {
    const findings = await ledger.database.recordFinding.findMany({ orderBy: { id: 'asc' } });
    const shown = findings.map(({ kind, serial, uid, otherSerial, policy }) => [
      kind,
      serial,
      uid,
      otherSerial,
      policy,
    ]);
    expect(shown).toContainEqual(['uid-under-second-serial', 'SN-2', ONE, 'SN-1', 'past']);
    expect(shown).toContainEqual(['serial-on-second-uid', 'SN-3', THREE, 'SN-3', 'past']);
    const doubts = await ledger.database.commit(async (transaction) => [
      ...(await ledger.boards.doubts(transaction, { uid: ONE, serial: 'SN-2' })),
      ...(await ledger.boards.doubts(transaction, { uid: THREE, serial: 'SN-3' })),
    ]);
    expect(doubts).toEqual([]);
  });

  test('counts the boards of its orders', async () => {
    const orders = await ledger.database.workOrder.findMany({ orderBy: { id: 'asc' } });
    expect(orders.map(({ id, passed }) => [id, passed])).toEqual([
      ['WO-1', 2],
      ['WO-2', 2],
    ]);
  });

  test('has slots that are open: its recipes ask for no golden board, and a later one may', async () => {
    const recipes = await ledger.database.recipe.findMany();
    expect(recipes.map(({ openShift }) => openShift)).toEqual(recipes.map(() => null));
    await ledger.database.job.updateMany({ data: { state: 'cancelled' } });
    const [{ name, image }] = recipes as [(typeof recipes)[number]];
    const uid = '066cff485349755087114331';
    const asked = { flashSizeKib: 128, uid };
    await ledger.post({ recipe: { name }, count: 1 });
    expect((await ledger.offer('9', asked)).claim).not.toBeNull();
    await ledger.ledger.recover();
    await ledger.recipes.create(CreateRecipe.parse({ name: 'opened', image, openShift: 'golden' }));
    await ledger.post({ recipe: { name: 'opened' }, count: 1, priority: 9 });
    expect((await ledger.offer('9', asked)).waiting).toMatchObject({ reason: 'slot-not-open' });
  });

  test('counts again to the same numbers', async () => {
    const before = await kept();
    for (const { number, mergedInto } of before.boards)
      if (mergedInto === null) await ledger.database.commit((transaction) => recount(transaction, number));
    expect(await kept()).toEqual(before);
  });
});
