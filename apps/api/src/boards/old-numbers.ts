import type { Transaction } from '../persistence/database.ts';

/** Rows of an earlier version → the event that began them, and the time that orders rows without one. */
const KINDS = [
  { table: 'Run', noun: 'run', type: 'run.started', time: 'startedAt', also: '' },
  {
    ...{ table: 'Job', noun: 'job', type: 'job.created', time: 'createdAt' },
    also: `, "author" = given."author"`,
  },
] as const;
type Kind = (typeof KINDS)[number];

/** Rows numbered at once. */
const PAGE_ROWS = 200;

/** The runs of one board, or one run. */
export type Which = { readonly uid: string } | { readonly serial: string } | { readonly id: string };

/** Whether runs or jobs of an earlier version have no place in the record yet. */
export async function hasUnnumbered(transaction: Transaction): Promise<boolean> {
  for (const { table } of KINDS)
    if ((await transaction.$queryRawUnsafe<unknown[]>(unnumbered(table, 'LIMIT 1'))).length > 0) return true;
  return false;
}

/**
 * Gives a page of runs and jobs of an earlier version their place in the record: the id of the event that began them.
 * Last, rows without such an event, which are older than every event, get negative ones in the order of their time.
 * @returns whether there are more
 */
export async function numberPage(transaction: Transaction): Promise<boolean> {
  for (const kind of KINDS) if (await numberByEvents(transaction, kind)) return true;
  for (const kind of KINDS) await numberStrangers(transaction, kind);
  return false;
}

/** Runs that have their place. */
export async function numberedRuns(transaction: Transaction): Promise<number> {
  const row = await transaction.upgrade.findUnique({ where: { name: nameOf(KINDS[0]) } });
  return row?.counted ?? 0;
}

/** Gives some runs theirs ahead of the page that they are in. Those without an event have to wait for the last page. */
export async function numberRuns(transaction: Transaction, which: Which): Promise<void> {
  const [[column, value]] = Object.entries(which) as [[string, string]];
  await transaction.$executeRawUnsafe(
    `UPDATE "Run" SET "sequence" = coalesce(
      (SELECT min(e."id") FROM "Event" e WHERE e."subject" = 'run/' || "Run"."id" AND e."type" = 'run.started'),
      (SELECT min(e."id") FROM "Event" e WHERE e."subject" = e."type" AND e."type" = 'run.started'
        AND json_extract(e."data", '$.id') = "Run"."id"))
    WHERE "${column}" = ? AND "sequence" IS NULL`,
    value,
  );
}

/** One page of events, in one transaction with how far it is. */
async function numberByEvents(transaction: Transaction, kind: Kind): Promise<boolean> {
  const { table, type, also } = kind;
  const name = nameOf(kind);
  const state = await transaction.upgrade.upsert({ where: { name }, create: { name }, update: {} });
  if (state.done) return false;
  const page = await transaction.$queryRawUnsafe<{ id: number | bigint }[]>(
    `SELECT "id" FROM "Event" WHERE "type" = ? AND "id" > ? ORDER BY "id" LIMIT ${PAGE_ROWS}`,
    type,
    state.position,
  );
  const end = Number(page.at(-1)?.id ?? state.position);
  await transaction.$executeRawUnsafe(
    `UPDATE "${table}" SET "sequence" = given."id"${also} FROM (
      SELECT "id", json_extract("data", '$.id') AS row, nullif("actor", 'station') AS author
      FROM "Event" WHERE "type" = ? AND "id" > ? AND "id" <= ?) given
    WHERE "${table}"."id" = given.row AND "${table}"."sequence" IS NULL`,
    ...[type, state.position, end],
  );
  const done = page.length < PAGE_ROWS;
  const data = { position: end, counted: state.counted + page.length, done };
  await transaction.upgrade.update({ where: { name }, data });
  return !done;
}

async function numberStrangers(transaction: Transaction, { table, time }: Kind): Promise<void> {
  const rows = await transaction.$queryRawUnsafe<{ id: string }[]>(
    unnumbered(table, `ORDER BY "${time}", "id"`),
  );
  if (rows.length === 0) return;
  await transaction.$executeRawUnsafe(
    `UPDATE "${table}" SET "sequence" = given."key" - ? FROM json_each(?) given WHERE "id" = given."value"`,
    rows.length,
    JSON.stringify(rows.map(({ id }) => id)),
  );
}

function nameOf({ noun }: Kind): string {
  return `${noun}-numbers`;
}

function unnumbered(table: string, rest: string): string {
  return `SELECT "id" FROM "${table}" WHERE "sequence" IS NULL ${rest}`;
}
