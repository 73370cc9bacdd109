import { BoardQuery, JobQuery, RunQuery, WorkOrderQuery, type Shows } from '@boardwalk/contracts';
import { everyImageId, listRows, openToRead, shiftPlans, type ListName } from '@boardwalk/records';
import { MOST_SHIFT_DAYS, Plant, shiftSpans, spanOf, type Span } from '@boardwalk/reports';
import { checkedQuery } from './checked-query.ts';
import { CommandError } from './errors.ts';
import type { TableRow } from './tables.ts';
import { plantZone } from './time-zone.ts';

type File = ReturnType<typeof openToRead>;

/** A list of a file: its query is that of REST. */
const LISTS: Readonly<Record<ListName, (file: File, query: object) => TableRow[]>> = {
  boards: (file, query) => {
    const { limit, image, virtual, from, to, readFrom, readTo, ...filters } = asked(BoardQuery, query);
    const [read, times] = [spanIn({ from: readFrom, to: readTo }), spanIn({ from, to })];
    const others = {
      images: idsOf(file, image),
      virtual: shows(virtual),
      readFrom: read.from,
      readTo: read.to,
    };
    return listRows(file, 'boards', { ...filters, ...others, ...times }, limit);
  },
  runs: (file, query) => {
    const { limit, image, virtual, from, to, shift, ...filters } = asked(RunQuery, query);
    const times = spanIn({ from, to });
    const spans = shift === undefined ? undefined : spansOf(file, shift, times);
    const others = { images: idsOf(file, image), virtual: shows(virtual), spans };
    return listRows(file, 'runs', { ...filters, ...others, ...times }, limit);
  },
  jobs: (file, query) => {
    const { limit, ...filters } = asked(JobQuery, query);
    return listRows(file, 'jobs', filters, limit);
  },
  orders: (file, query) => {
    const { limit, ...filters } = asked(WorkOrderQuery, query);
    return listRows(file, 'orders', filters, limit);
  },
};

/** The newest rows of a list in a file that fit. @throws CommandError for a filter that a station refuses too */
export function rowsOfFile(path: string, name: ListName, query: object): TableRow[] {
  const file = openToRead(path);
  try {
    return LISTS[name](file, query);
  } finally {
    file.close();
  }
}

/** A file gives out no cursors. */
function asked<Query extends { cursor?: string | undefined; for?: unknown }>(
  ...[schema, query]: Parameters<typeof checkedQuery<Query>>
): Omit<Query, 'cursor' | 'for'> {
  const { cursor, for: _for, ...filters } = checkedQuery(schema, query);
  if (cursor !== undefined) throw new CommandError('invalid:cursor', {});
  return filters;
}

interface Times {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

function spanIn(times: Times): Times {
  const { from, to } = spanOf(times, new Plant(plantZone()).zone);
  return { from: from ?? undefined, to: to ?? undefined };
}

function spansOf(file: File, shift: string, { from = null, to = null }: Partial<Span>): Span[] {
  const spans = shiftSpans(shift, { from, to }, new Plant(plantZone(), shiftPlans(file)));
  if (spans === null) throw new CommandError('invalid:shift-undated', { shift, days: MOST_SHIFT_DAYS });
  return spans;
}

function idsOf(file: File, image: string | undefined): string[] | null {
  return image === undefined ? null : everyImageId(file, image);
}

function shows(virtual: Shows | undefined): boolean | undefined {
  return virtual === undefined || virtual === 'all' ? undefined : virtual === 'true';
}
