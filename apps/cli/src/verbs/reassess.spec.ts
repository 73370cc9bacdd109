import { recorded, migrate } from '@boardwalk/records';
import Sqlite from 'better-sqlite3';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reassessIn } from './reassess.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'boardwalk-reassess-'));
  file = join(folder, 'boardwalk.db');
  migrate(file);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A word of each register of a part with a newer core and ARM's default ids, as a record has them. */
const IDENTITY = {
  ...{ dpidr: '0x2ba01477', apIdr: '0x24770011', cpuid: '0x412fc231', deviceId: '0x20036410' },
  romTable: {
    entries: [],
    peripheralId: { pidr4: 4, pidr: [0xc3, 0xb4, 0x0b, 0] },
    componentId: [13, 16, 5, 177],
  },
  ...{ components: {}, signature: null, uid: null, bootRomVectors: null, unread: [], targetVoltage: null },
  ...{ readUnderReset: true, priorityBits: null, sramBeyond: null, flashSizeKib: null },
};

function runOf(id: string, sequence: number, resembles: string | null): void {
  const database = new Sqlite(file);
  const said = { verdict: 'differs', strength: 'high', resembles, score: -20, findings: [], modifiers: [] };
  recorded(database, () =>
    database
      .prepare(
        `INSERT INTO "Run" ("id", "jobId", "slot", "portPath", "recipeName", "recipeRevision", "imageSha256", "startedAt",
          "station", "stationVersion", "virtual", "outcome", "identity", "assessment", "sequence")
         VALUES (?, 'job_1', '1', '1-1', 'app', 1, '', '2026-01-01T00:00:00.000Z', 's', '0', 0, 'PASS', ?, ?, ?)`,
      )
      .run(id, JSON.stringify(IDENTITY), JSON.stringify(said), sequence),
  );
  database.close();
}

test('every stored identity is judged by the present rules, and the changed ones are listed, the newest first', () => {
  runOf('run_1', 1, 'CKS32/CS32F103');
  runOf('run_2', 2, null);
  runOf('run_3', 3, 'CKS32/CS32F103');
  const before = readFileSync(file);
  const { judged, changed, data } = reassessIn(file);
  expect([judged, changed]).toEqual([3, 2]);
  expect(data.map(({ run }) => run)).toEqual(['run_3', 'run_1']);
  expect(data[0]).toMatchObject({
    was: { verdict: 'differs', resembles: 'CKS32/CS32F103', modelVersion: 1 },
    now: { verdict: 'differs', resembles: null },
  });
  expect(readFileSync(file)).toEqual(before);
});

test('a record without an identity has nothing to judge', () => {
  expect(reassessIn(file)).toMatchObject({ judged: 0, changed: 0, data: [] });
});
