import type { Board, BoardQuery } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { idsOfImage } from '../images/image-names.ts';
import { belowSequence, sequenceCursor, type Page } from '../lists/cursor.ts';
import { BEFORE_ALL, readInSteps, STEP_ROWS } from '../lists/in-steps.ts';
import { Database } from '../persistence/database.ts';
import type { Board as Row } from '../persistence/gen/client.ts';
import { virtualOf } from '../runs/virtual-runs.ts';
import type { BoardFilters } from '@boardwalk/records';
import { boardsThatRan } from '../store/boards/boards-that-ran.ts';
import { boardsWithoutRuns } from '../store/boards/boards-without-runs.ts';
import { boardsOf } from './board-view.ts';

type Filters = Omit<BoardQuery, 'limit' | 'cursor'>;

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
    const fits = await this.#resolved(filters);
    const ran = below === null || below > ABOVE_THOSE ? await this.#ran(fits, below, take) : [];
    if (ran.length === take) return ran;
    const last = below !== null && below <= ABOVE_THOSE ? below - WITHOUT_RUNS : Number.MAX_SAFE_INTEGER;
    return [...ran, ...(await boardsWithoutRuns(this.database, fits, last, take - ran.length))];
  }

  async #resolved({
    image,
    from,
    to,
    virtual,
    readFrom,
    readTo,
    ...filters
  }: Filters): Promise<BoardFilters> {
    return {
      ...filters,
      images: image === undefined ? null : await idsOfImage(this.database, image, '/image'),
      from: utc(from),
      to: utc(to),
      readFrom: utc(readFrom),
      readTo: utc(readTo),
      virtual: virtualOf(virtual),
    };
  }

  async #ran(filters: BoardFilters, below: number | null, take: number): Promise<number[]> {
    const rowsIn = (from: number, end: number, count: number): Promise<number[]> =>
      boardsThatRan(this.database, filters, { from, end }, count);
    if (filters.serial !== undefined || filters.uid !== undefined || filters.state === 'held')
      return rowsIn(BEFORE_ALL, below ?? Number.MAX_SAFE_INTEGER, take);
    return readInSteps({ rowsIn, placeBelow: (place) => this.#placeBelow(place) }, below, take);
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

const utc = (time: string | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString();
