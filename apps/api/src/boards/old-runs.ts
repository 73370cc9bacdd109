import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../persistence/database.ts';
import type { Prisma } from '../persistence/gen/client.ts';
import type { Sought } from './finder.ts';
import { numberRuns, type Which } from '../store/upgrade/number-runs.ts';
import { isUnnumbered, numberedRuns, numberPage } from './old-numbers.ts';
import { placeOldRuns } from './place-old.ts';
import type { OldRun } from './placed-old.ts';
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
  #numbers: Progress = { counted: 0, total: 0, done: true };

  constructor(private readonly database: Database) {}

  get progress(): Progress {
    return this.#progress;
  }

  /** How far old runs have their place in the record, which comes first. */
  get numbers(): Progress {
    return this.#numbers;
  }

  /** Reads how far it is, and does the first page. The first time it finds out how many old runs there are. */
  async begin(): Promise<void> {
    await this.#read();
    if (!this.#numbers.done) await this.#number();
  }

  async #read(): Promise<void> {
    await this.database.commit(async (transaction) => {
      const where = { name: BOARDS };
      let row = await transaction.upgrade.findUniqueOrThrow({ where });
      if (row.last === null) {
        const newest = { orderBy: { id: 'desc' }, select: { id: true } } as const;
        const last = (await transaction.event.findFirst(newest))?.id ?? 0;
        const total = await transaction.run.count();
        // Runs without an event get negative places.
        const data = { last, total, position: -(total + 1), done: total === 0 };
        row = await transaction.upgrade.update({ where, data });
      }
      this.#last = row.last!;
      this.#progress = { counted: row.counted, total: row.total, done: row.done };
      const counted = await numberedRuns(transaction);
      this.#numbers = { counted, total: row.total, done: !(await isUnnumbered(transaction)) };
    });
  }

  async #number(): Promise<void> {
    const { total } = this.#progress;
    this.#numbers = await this.database.commit(async (transaction) => {
      const done = !(await numberPage(transaction));
      return { counted: await numberedRuns(transaction), total, done };
    });
  }

  /** Numbers or places one page of old runs, in one transaction with how far it is. @returns whether there are more */
  async step(): Promise<boolean> {
    if (!this.#numbers.done) {
      await this.#number();
      return true;
    }
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
      await this.#numberAhead(transaction, { uid });
      for (const run of await this.#place(transaction, { uid }))
        if (run.serial !== null) serials.add(run.serial);
    }
    for (const one of serials) {
      await this.#numberAhead(transaction, { serial: one });
      await this.#place(transaction, one === serial ? { serial } : { serial: one, uid: null });
    }
  }

  /** Places a run of an earlier version that ends only now. @returns whether it is one */
  async placed(transaction: Transaction, run: OldRun): Promise<boolean> {
    if (this.#progress.done || run.sequence > this.#last) return false;
    await this.#numberAhead(transaction, { id: run.id });
    // With the others of its board, so that they count in their order.
    await this.catchUp(transaction, run);
    const { board, sequence } = await transaction.run.findUniqueOrThrow({
      where: { id: run.id },
      select: { board: true, sequence: true },
    });
    // One that has no place yet is counted with its page.
    if (board === null && sequence !== null) await placeOldRuns(transaction, [{ ...run, sequence }]);
    return true;
  }

  async #numberAhead(transaction: Transaction, which: Which): Promise<void> {
    if (!this.#numbers.done) await numberRuns(transaction, which);
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
