import { StationFile } from '../testing/station-file.ts';

let file: StationFile;
beforeEach(() => (file = new StationFile()));
afterEach(() => file.remove());

const add = (type: string, subject: string, data: object): void => void file.fill(1, { type, subject, data });
const olds = (): unknown[] =>
  (
    file.database.prepare('SELECT "old_value" FROM "audit_log" ORDER BY "id"').all() as {
      old_value: string | null;
    }[]
  ).map(({ old_value }) => (old_value === null ? null : (JSON.parse(old_value) as unknown)));

test('a serial is never the old value of another one, in rows of an earlier version too', () => {
  add('serial.changed', 'serial/run_1', { value: 'A', runId: 'run_1', state: 'voided' });
  add('serial.changed', 'serial/run_1', { value: 'B', runId: 'run_1', state: 'voided' });
  add('serial.changed', 'serial/A', { value: 'A', runId: 'run_1', state: 'committed' });
  add('serial.changed', 'serial/B', { value: 'B', runId: 'run_2', state: 'committed' });
  add('serial.changed', 'serial/B', { value: 'B', runId: 'run_2', state: 'voided' });
  expect(olds()).toMatchObject([
    null,
    null,
    { value: 'A', state: 'voided' },
    null,
    { value: 'B', state: 'committed' },
  ]);
});

test('a revision is never the old value of another one, and rows of an earlier version are joined', () => {
  add('recipe.added', 'recipe/app', { name: 'app', revision: 1, state: 'draft' });
  add('recipe.added', 'recipe/app', { name: 'app', revision: 2, state: 'draft' });
  add('recipe.changed', 'recipe/app', { name: 'app', revision: 1, state: 'released' });
  add('recipe.changed', 'recipe/app/1', { name: 'app', revision: 1, state: 'retired' });
  add('recipe.added', 'recipe/app/3', { name: 'app', revision: 3, state: 'draft' });
  expect(olds()).toMatchObject([
    null,
    null,
    { revision: 1, state: 'draft' },
    { revision: 1, state: 'released' },
    null,
  ]);
});

test('a job of the first versions, whose rows have no subject, is joined by its id', () => {
  add('job.created', 'job.created', { id: 'job_1', state: 'queued' });
  add('job.created', 'job.created', { id: 'job_2', state: 'queued' });
  add('job.changed', 'job/job_1', { id: 'job_1', state: 'held' });
  expect(olds()).toMatchObject([null, null, { id: 'job_1', state: 'queued' }]);
});
