import type { JobQuery, WorkOrderQuery } from '@boardwalk/contracts';
import type { Database } from 'better-sqlite3';
import { fits, type BoardFilters } from './board-conditions.ts';
import { equal } from './equal.ts';
import { joined, raw, sql, type Fragment } from './fragment.ts';
import { runConditions, type RunFilters } from './run-conditions.ts';

type Paging = 'limit' | 'cursor' | 'for';
/** The filters of each list. */
export interface ListFilters {
  readonly boards: BoardFilters;
  readonly runs: RunFilters;
  readonly jobs: Omit<JobQuery, Paging>;
  readonly orders: Omit<WorkOrderQuery, Paging>;
}
export type ListName = keyof ListFilters;

/** A list as it is read from a file without a station. */
interface List<Filters> {
  readonly columns: readonly string[];
  /** The table with its alias. */
  readonly from: string;
  readonly newestFirst: string;
  readonly conditions: (filters: Filters) => readonly Fragment[];
}

const JOB_COLUMNS = {
  state: 'state',
  workOrder: 'workOrder',
  recipe: 'recipeName',
  author: 'author',
  clientRef: 'clientRef',
};
const ORDER_COLUMNS = { state: 'state', recipe: 'recipeName', lot: 'lot', supplier: 'supplier' };

const LISTS: { readonly [Name in ListName]: List<ListFilters[Name]> } = {
  boards: {
    columns: [
      'number',
      'serial',
      'uid',
      'verdict',
      'resembles',
      'state',
      'lastOutcome',
      'lastReason',
      'runs',
      'lastSeenAt',
    ],
    from: '"Board" b',
    newestFirst: 'b."lastSequence" DESC',
    conditions: (filters) => [sql`b."lastSequence" IS NOT NULL`, fits(filters)],
  },
  runs: {
    columns: [
      'id',
      'startedAt',
      'slot',
      'serial',
      'board',
      'attempt',
      'outcome',
      'reason',
      'workOrder',
      'lot',
      'operator',
    ],
    from: '"Run" r',
    newestFirst: 'r."sequence" DESC',
    conditions: (filters) => [sql`r."sequence" IS NOT NULL`, ...runConditions(filters)],
  },
  jobs: {
    columns: [
      'id',
      'state',
      'recipeName',
      'recipeRevision',
      'workOrder',
      'priority',
      'createdAt',
      'finishedAt',
      'reason',
    ],
    from: '"Job" j',
    newestFirst: 'j."sequence" DESC',
    conditions: ({ from, to, ...filters }) => [
      sql`j."sequence" IS NOT NULL`,
      ...equal('j', JOB_COLUMNS, filters),
      ...(from === undefined ? [] : [sql`j."createdAt" >= ${new Date(from).toISOString()}`]),
      ...(to === undefined ? [] : [sql`j."createdAt" < ${new Date(to).toISOString()}`]),
    ],
  },
  orders: {
    columns: [
      'id',
      'state',
      'recipeName',
      'recipeRevision',
      'quantity',
      'passed',
      'lot',
      'supplier',
      'createdAt',
    ],
    from: '"WorkOrder" o',
    newestFirst: 'o."createdAt" DESC, o."id" DESC',
    conditions: (filters) => [sql`TRUE`, ...equal('o', ORDER_COLUMNS, filters)],
  },
};

/** The newest rows of a list that fit, for whoever reads a file without a station. */
export function listRows<Name extends ListName>(
  file: Database,
  name: Name,
  filters: ListFilters[Name],
  most: number,
): Record<string, unknown>[] {
  const { columns, from, newestFirst, conditions } = LISTS[name];
  const names = raw(columns.map((column) => `${from.at(-1)}."${column}"`).join(', '));
  const { text, values } = sql`SELECT ${names} FROM ${raw(from)} WHERE ${joined(conditions(filters), ' AND ')}
    ORDER BY ${raw(newestFirst)} LIMIT ${most}`;
  return file.prepare<unknown[], Record<string, unknown>>(text).all(...values);
}
