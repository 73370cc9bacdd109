import {
  said,
  type CreateSerialRange,
  type Patch,
  type SerialFormat,
  type SerialQuery,
  type SerialRange,
} from '@boardwalk/contracts';
import { encodePatch } from '@boardwalk/station';
import { formatSerial, largestOf } from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../events/event-log.ts';
import { decodeCursor, pageOf, type Page } from '../lists/cursor.ts';
import { invalid, ProblemException, refused } from '../problems/problems.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import type { Prisma, Serial as SerialRow, SerialRange as Row } from '../persistence/gen/client.ts';
import { insertInPages } from '../store/rows/insert-rows.ts';
import { firstKnownValue } from '../store/serials/first-known-value.ts';
import { PAGE_ITEMS, pagesOf } from '../persistence/pages.ts';
import { SCANNED, toIssued } from './serial-issue.ts';

type Reader = Database | Transaction;

const NUMBERS_TRIED = 1000;

/** Ranges of serials: what they hold, what is left, and where their gaps are. */
@Injectable()
export class SerialBook {
  constructor(
    private readonly database: Database,
    private readonly events: EventLog,
  ) {}

  async create(body: CreateSerialRange): Promise<SerialRange> {
    const { name } = body;
    return this.database.commit(async (transaction) => {
      if (await transaction.serialRange.findUnique({ where: { name } }))
        throw refused('serial-range-exists', { name });
      const { description, source } = body;
      const createdAt = new Date().toISOString();
      const bounds = source === 'counter' ? counterBounds(body) : { first: 1, last: body.values.length };
      const format = source === 'counter' ? JSON.stringify(body.format) : null;
      await transaction.serialRange.create({
        data: { name, description, source, format, ...bounds, next: bounds.first, createdAt },
      });
      if (source === 'list') await addList(transaction, name, body.values, createdAt);
      const range = await this.get(name, transaction);
      await this.events.change(transaction, 'serial-range.added', range);
      return range;
    });
  }

  /** @throws ProblemException 404 */
  async get(name: string, reader: Reader = this.database): Promise<SerialRange> {
    const row = await reader.serialRange.findUnique({ where: { name } });
    if (!row) throw refused('not-found:serial-range', { name });
    return show(reader, row);
  }

  async list(limit: number, cursor: string | undefined): Promise<Page<SerialRange>> {
    const place = decodeCursor(cursor);
    const rows = await this.database.serialRange.findMany({
      where: place ? { name: { gt: place.at } } : {},
      orderBy: { name: 'asc' },
      take: limit + 1,
    });
    const shown = new Map<string, SerialRange>();
    for (const row of rows) shown.set(row.name, await show(this.database, row));
    return pageOf(
      rows,
      limit,
      (row) => ({ at: row.name, id: row.name }),
      (row) => shown.get(row.name)!,
    );
  }

  /** The serials that were issued, in order, of `(scanned)` too; `state: voided` lists the gaps, each with its reason. */
  async serials(name: string, { state, limit, cursor }: SerialQuery) {
    if (name !== SCANNED) await this.get(name);
    const place = decodeCursor(cursor);
    const where: Prisma.SerialWhereInput = {
      range: name,
      ...(state ? { state } : {}),
      ...(place ? { position: { gt: Number(place.at) || 0 } } : {}),
    };
    const rows = await this.database.serial.findMany({
      where,
      orderBy: { position: 'asc' },
      take: limit + 1,
    });
    const placeOf = ({ position, value }: SerialRow) => ({ at: String(position), id: value });
    return pageOf(rows, limit, placeOf, toIssued);
  }

  /** Every range that patches name must exist, and its values must fit. @throws ProblemException 400 */
  async checkPatches(patches: readonly Patch[], reader: Reader): Promise<void> {
    for (const [index, patch] of patches.entries()) {
      if (patch.from !== 'range') continue;
      const row = await reader.serialRange.findUnique({ where: { name: patch.range } });
      if (!row) throw invalid('invalid:patch-range', { range: patch.range }, `/patches/${index}/range`);
      const pointer = `/patches/${index}/encoding`;
      for await (const page of samplesOf(row, reader))
        for (const value of page) checkFits(patch, value, pointer);
    }
  }
}

/** Values that a patch is judged by: of a list all, in pages. */
async function* samplesOf(row: Row, reader: Reader): AsyncGenerator<readonly string[]> {
  const format = formatOf(row);
  if (format) {
    yield numbersToTry(row).map((number) => formatSerial(format, number));
    return;
  }
  for (let last = 0; ;) {
    const rows = await reader.serial.findMany({
      where: { range: row.name, position: { gt: last } },
      orderBy: { position: 'asc' },
      take: PAGE_ITEMS,
    });
    if (rows.length === 0) return;
    yield rows.map(({ value }) => value);
    last = rows.at(-1)!.position;
  }
}

/** Numbers that a counter is judged by: enough of its beginning for each digit to turn up, and its end. */
function numbersToTry({ first, last }: Row): number[] {
  const count = Math.min(NUMBERS_TRIED, last - first + 1);
  return [...Array.from({ length: count }, (_, index) => first + index), last];
}

function checkFits(patch: Patch, value: string, pointer: string): void {
  try {
    encodePatch(patch, value);
  } catch (cause) {
    throw invalid('invalid:range-value', { why: (cause as Error).message }, pointer);
  }
}

function counterBounds({ format, first, last }: Extract<CreateSerialRange, { source: 'counter' }>) {
  const largest = largestOf(format);
  const end = last ?? largest;
  if (end > largest) throw invalid('invalid:last', { largest }, '/last');
  if (first > end) throw invalid('invalid:first', {}, '/first');
  return { first, last: end };
}

async function addList(transaction: Transaction, range: string, values: readonly string[], at: string) {
  const seen = new Set<string>();
  const twice = values.findIndex((value) => seen.size === seen.add(value).size);
  if (twice >= 0) throw invalid('invalid:value-twice', { value: values[twice]! }, `/values/${twice}`);
  for (const page of pagesOf(values)) await refuseKnown(transaction, values, page);
  await insertInPages(
    transaction,
    'Serial',
    values.map((value, index) => ({ value, range, position: index + 1, state: 'free', changedAt: at })),
  );
}

function formatOf({ format }: Row): SerialFormat | null {
  return format === null ? null : (JSON.parse(format) as SerialFormat);
}

async function show(reader: Reader, row: Row): Promise<SerialRange> {
  const { name, description, first, last, next, createdAt } = row;
  const groups = await reader.serial.groupBy({ by: ['state'], where: { range: name }, _count: true });
  const rows = groups.reduce((sum, { _count }) => sum + _count, 0);
  const elsewhere = row.format === null ? 0 : next - first - rows;
  const count = (state: string): number => groups.find((group) => group.state === state)?._count ?? 0;
  const format = formatOf(row);
  const left = format ? Math.max(0, last - next + 1) : count('free');
  const free = { range: name, state: 'free' };
  const upcoming = format
    ? left > 0
      ? formatSerial(format, next)
      : null
    : ((await reader.serial.findFirst({ where: free, orderBy: { position: 'asc' } }))?.value ?? null);
  return {
    ...{ name, description, source: row.source as SerialRange['source'], format, first, last },
    next: upcoming,
    counts: {
      ...{ left, reserved: count('reserved'), committed: count('committed'), voided: count('voided') },
      elsewhere,
    },
    createdAt,
  };
}

/** @throws ProblemException 409 for a value that was given out before */
async function refuseKnown(
  transaction: Transaction,
  values: readonly string[],
  page: readonly string[],
): Promise<void> {
  const known = await firstKnownValue(transaction, page);
  if (!known) return;
  const { message: detail } = said('serial-used', known);
  const errors = [{ pointer: `/values/${values.indexOf(known.value)}`, detail }];
  throw new ProblemException('serial-used', known, { errors });
}
