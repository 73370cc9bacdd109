import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../persistence/database.ts';
import type { Prisma } from '../persistence/gen/client.ts';
import type { Sought } from './finder.ts';
import { placeOldRuns, type OldRun } from './place-old.ts';
import { PLACED, tallied } from './tallied-runs.ts';

/** The row of `Upgrade` that says how far boards are made of old runs. */
export const BOARDS = 'boards';

/** Runs placed at once; SQLite works on the event loop, so each step is kept short. */
const PAGE_ROWS = 200;

/** How far the runs of an earlier version have boards. */
export interface Progress {
  readonly counted: number;
  readonly total: number;
  readonly done: boolean;
}

/** Runs that an earlier version left without boards. */
@Injectable()
export class OldRuns {
  #last = 0;
  #progress: Progress = { counted: 0, total: 0, done: false };

  constructor(private readonly database: Database) {}

  get progress(): Progress {
    return this.#progress;
  }

  /** Reads how far it is. The first time it finds out how many old runs there are. */
  async begin(): Promise<void> {
    await this.database.commit(async (transaction) => {
      const where = { name: BOARDS };
      let row = await transaction.upgrade.findUniqueOrThrow({ where });
      if (row.last === null) {
        const newest = { orderBy: { sequence: 'desc' }, select: { sequence: true } } as const;
        const last = (await transaction.run.findFirst(newest))?.sequence ?? 0;
        const total = last === 0 ? 0 : await transaction.run.count();
        const oldest = { orderBy: { sequence: 'asc' }, select: { sequence: true } } as const;
        const position = ((await transaction.run.findFirst(oldest))?.sequence ?? 1) - 1;
        const data = { last, total, position, done: total === 0 };
        row = await transaction.upgrade.update({ where, data });
      }
      this.#last = row.last!;
      this.#progress = { counted: row.counted, total: row.total, done: row.done };
    });
  }

  /** Places one page of old runs, in one transaction with how far it is. @returns whether there are more */
  async step(): Promise<boolean> {
    if (this.#progress.done) return false;
    this.#progress = await this.database.commit(async (transaction) => {
      const where = { name: BOARDS };
      const { position, counted, total } = await transaction.upgrade.findUniqueOrThrow({ where });
      const rows = await transaction.run.findMany({
        where: { sequence: { gt: position, lte: this.#last } },
        orderBy: { sequence: 'asc' },
        take: PAGE_ROWS,
        select: PLACED,
      });
      await placeOldRuns(
        transaction,
        rows.filter(({ board }) => board === null).map((row) => tallied(row)),
      );
      const done = rows.length < PAGE_ROWS;
      const data = { position: rows.at(-1)?.sequence ?? position, counted: counted + rows.length, done };
      await transaction.upgrade.update({ where, data });
      return { counted: data.counted, total, done };
    });
    return !this.#progress.done;
  }

  /**
   * Places the old runs of one board before anything is decided about it: those of its unique id, those of its serial,
   * and those without a unique id of the serials that it had.
   */
  async catchUp(transaction: Transaction, { uid, serial }: Sought): Promise<void> {
    if (this.#progress.done) return;
    const serials = new Set(serial === null ? [] : [serial]);
    if (uid !== null) {
      for (const run of await this.#place(transaction, { uid }))
        if (run.serial !== null) serials.add(run.serial);
    }
    for (const one of serials)
      await this.#place(transaction, one === serial ? { serial } : { serial: one, uid: null });
  }

  /** Places a run of an earlier version that ends only now. @returns whether it is one */
  async placed(transaction: Transaction, run: OldRun): Promise<boolean> {
    if (this.#progress.done || run.sequence > this.#last) return false;
    // With the others of its board, so that they count in their order.
    await this.catchUp(transaction, run);
    const { board } = await transaction.run.findUniqueOrThrow({
      where: { id: run.id },
      select: { board: true },
    });
    if (board === null) await placeOldRuns(transaction, [run]);
    return true;
  }

  async #place(transaction: Transaction, which: Prisma.RunWhereInput): Promise<OldRun[]> {
    const all: OldRun[] = [];
    for (;;) {
      const rows = await transaction.run.findMany({
        where: { AND: [which, { board: null, sequence: { lte: this.#last } }] },
        orderBy: { sequence: 'asc' },
        take: PAGE_ROWS,
        select: PLACED,
      });
      const runs = rows.map((row) => tallied(row));
      await placeOldRuns(transaction, runs);
      all.push(...runs);
      if (rows.length < PAGE_ROWS) return all;
    }
  }
}
