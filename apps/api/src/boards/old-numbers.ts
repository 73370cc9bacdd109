import type { Transaction } from '../persistence/database.ts';
import { eventsAfter } from '../store/upgrade/events-after.ts';
import { hasUnnumbered } from '../store/upgrade/has-unnumbered.ts';
import { numberByEvents } from '../store/upgrade/number-by-events.ts';
import { numberStrangers } from '../store/upgrade/number-strangers.ts';
import { NUMBERED, type NumberedTable } from '../store/upgrade/numbered-table.ts';
import { unnumberedRows } from '../store/upgrade/unnumbered-rows.ts';

/** Rows numbered at once. */
const PAGE_ROWS = 200;

/** Whether runs or jobs of an earlier version have no place in the record yet. */
export async function isUnnumbered(transaction: Transaction): Promise<boolean> {
  for (const table of NUMBERED) if (await hasUnnumbered(transaction, table)) return true;
  return false;
}

/**
 * Gives a page of runs and jobs of an earlier version their place in the record: the id of the event that began them.
 * Last, rows without such an event, which are older than every event, get negative ones in the order of their time.
 * @returns whether there are more
 */
export async function numberPage(transaction: Transaction): Promise<boolean> {
  for (const table of NUMBERED) if (await numberByPage(transaction, table)) return true;
  for (const table of NUMBERED) {
    const ids = await unnumberedRows(transaction, table);
    if (ids.length > 0) await numberStrangers(transaction, table, ids);
  }
  return false;
}

/** The number of runs that have their place. */
export async function numberedRuns(transaction: Transaction): Promise<number> {
  const row = await transaction.upgrade.findUnique({ where: { name: nameOf({ table: 'Run' }) } });
  return row?.counted ?? 0;
}

/** One page of events, in one transaction with how far it is. @returns whether there are more */
async function numberByPage(transaction: Transaction, table: NumberedTable): Promise<boolean> {
  const name = nameOf(table);
  const state = await transaction.upgrade.upsert({ where: { name }, create: { name }, update: {} });
  if (state.done) return false;
  const page = await eventsAfter(transaction, table.type, state.position, PAGE_ROWS);
  const end = page.at(-1) ?? state.position;
  await numberByEvents(transaction, table, state.position, end);
  const done = page.length < PAGE_ROWS;
  const data = { position: end, counted: state.counted + page.length, done };
  await transaction.upgrade.update({ where: { name }, data });
  return !done;
}

function nameOf({ table }: Pick<NumberedTable, 'table'>): string {
  return `${table.toLowerCase()}-numbers`;
}
