import type { Board, BoardQuery } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { idsOfImage } from '../images/image-names.ts';
import { belowSequence, sequenceCursor, type Page } from '../lists/cursor.ts';
import { BEFORE_ALL, readInSteps, STEP_ROWS } from '../lists/in-steps.ts';
import { Database } from '../persistence/database.ts';
import { Prisma, type Board as Row } from '../persistence/gen/client.ts';
import { virtualOf } from '../runs/virtual-runs.ts';
import { boardsOf } from './board-view.ts';

type Filters = Omit<BoardQuery, 'limit' | 'cursor'>;

/** Filters that are about a board itself → its column. */
const OF_BOARD = {
  ...{ state: 'state', reference: 'reference', verdict: 'verdict', resembles: 'resembles', uid: 'uid' },
  ...{ outcome: 'lastOutcome', reason: 'lastReason' },
} as const satisfies Partial<Record<keyof Filters, string>>;

/** Filters that are about one of its runs → the run's column. */
const OF_RUN = {
  ...{ lot: 'lot', supplier: 'supplier', workOrder: 'workOrder', recipe: 'recipeName' },
  ...{ operator: 'operator', slot: 'slot' },
} as const satisfies Partial<Record<keyof Filters, string>>;

/** Below every place of a run: boards that a person must decide about before any run was of them. */
const WITHOUT_RUNS = -999_999_999_999_999;
const ABOVE_THOSE = WITHOUT_RUNS / 2;

/** The boards of the record, the last seen first; after them those that are held or rejected and no run was of. */
@Injectable()
export class BoardList {
  constructor(private readonly database: Database) {}

  async page({ limit, cursor, ...filters }: BoardQuery): Promise<Page<Board>> {
    const below = belowSequence(cursor);
    const found = await this.#find(filters, below, limit + 1);
    const rows = await this.database.board.findMany({ where: { number: { in: found.slice(0, limit) } } });
    rows.sort((one, other) => placeOf(other) - placeOf(one));
    const last = rows.at(-1);
    return {
      data: await boardsOf(this.database, rows),
      nextCursor: found.length > limit && last ? sequenceCursor(placeOf(last)) : null,
    };
  }

  /** Numbers of boards that fit. */
  async #find(filters: Filters, below: number | null, take: number): Promise<number[]> {
    const { image } = filters;
    const images = image === undefined ? null : await idsOfImage(this.database, image, '/image');
    const fits = Prisma.join([KNOWN, ...conditionsOf(filters, images)], ' AND ');
    const ran = below === null || below > ABOVE_THOSE ? await this.#ran(filters, fits, below, take) : [];
    if (ran.length === take) return ran;
    return [...ran, ...(await this.#withoutRuns(fits, below, take - ran.length))];
  }

  async #ran(filters: Filters, fits: Prisma.Sql, below: number | null, take: number): Promise<number[]> {
    const rowsIn = async (from: number, end: number, count: number): Promise<number[]> => {
      const rows = await this.database.$queryRaw<{ number: number | bigint }[]>(Prisma.sql`
        SELECT b."number" AS number FROM "Board" b
        WHERE b."lastSequence" >= ${from} AND b."lastSequence" < ${end} AND ${fits}
        ORDER BY b."lastSequence" DESC LIMIT ${count}`);
      return rows.map(({ number }) => Number(number));
    };
    if (filters.serial !== undefined || filters.uid !== undefined || filters.state === 'held')
      return rowsIn(BEFORE_ALL, below ?? Number.MAX_SAFE_INTEGER, take);
    return readInSteps({ rowsIn, placeBelow: (place) => this.#placeBelow(place) }, below, take);
  }

  /** Few at any time: a decision ends each. */
  async #withoutRuns(fits: Prisma.Sql, below: number | null, take: number): Promise<number[]> {
    const last = below !== null && below <= ABOVE_THOSE ? below - WITHOUT_RUNS : Number.MAX_SAFE_INTEGER;
    const rows = await this.database.$queryRaw<{ number: number | bigint }[]>(Prisma.sql`
      SELECT b."number" AS number FROM "Board" b
      WHERE b."state" IN ('held', 'rejected') AND b."number" < ${last} AND b."lastSequence" IS NULL AND ${fits}
      ORDER BY b."number" DESC LIMIT ${take}`);
    return rows.map(({ number }) => Number(number));
  }

  async #placeBelow(place: number): Promise<number | null> {
    const row = await this.database.board.findFirst({
      where: { lastSequence: { lt: place } },
      orderBy: { lastSequence: 'desc' },
      skip: STEP_ROWS,
      select: { lastSequence: true },
    });
    return row?.lastSequence ?? null;
  }
}

const placeOf = ({ number, lastSequence }: Row): number => lastSequence ?? WITHOUT_RUNS + number;

/** Boards of which nothing was read and no serial was scanned are in the record of runs alone. */
const KNOWN = Prisma.sql`(b."uid" IS NOT NULL OR b."serial" IS NOT NULL OR b."verdict" IS NOT NULL)`;

function conditionsOf(filters: Filters, images: readonly string[] | null): Prisma.Sql[] {
  const { serial, from, to } = filters;
  const virtual = virtualOf(filters.virtual);
  const equal = (table: string, columns: Readonly<Record<string, string>>): Prisma.Sql[] =>
    Object.entries(columns).flatMap(([filter, column]) => {
      const value = filters[filter as keyof Filters];
      return value === undefined ? [] : [Prisma.sql`${Prisma.raw(`${table}."${column}"`)} = ${value}`];
    });
  const ofRun = [
    ...equal('r', OF_RUN),
    ...(images === null ? [] : [Prisma.sql`r."imageSha256" IN (${Prisma.join(images)})`]),
    ...(from === undefined ? [] : [Prisma.sql`r."startedAt" >= ${new Date(from).toISOString()}`]),
    ...(to === undefined ? [] : [Prisma.sql`r."startedAt" < ${new Date(to).toISOString()}`]),
    ...(virtual === undefined ? [] : [Prisma.sql`r."virtual" = ${Number(virtual)}`]),
  ];
  return [
    ...equal('b', OF_BOARD),
    ...(serial === undefined
      ? []
      : [Prisma.sql`b."number" IN (SELECT s."board" FROM "BoardSerial" s WHERE s."serial" = ${serial})`]),
    ...(ofRun.length === 0
      ? []
      : [
          Prisma.sql`EXISTS (SELECT 1 FROM "Run" r WHERE r."board" = b."number" AND ${Prisma.join(ofRun, ' AND ')})`,
        ]),
  ];
}
