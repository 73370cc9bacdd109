import type { Transaction } from '../persistence/database.ts';
import { Prisma, type Job, type JobUnit } from '../persistence/gen/client.ts';
import { BOARDS_PASSED, PLACES_AT_WORK } from '../recipes/order-places.ts';

/** A slot with a board that waits for work. */
export interface WaitingSlot {
  readonly name: string;
  /** Grows by one with each board that is put in. */
  readonly insertion: number;
  /** What a look at the chip has read. */
  readonly uid: string | null;
  readonly flashSizeKib: number | null;
  readonly deviceId: string | null;
  /** Jobs that this insertion has run already. */
  readonly served: ReadonlySet<string>;
}

/** The board in a slot, where the record knows it: its number and the serials that it has. */
export interface KnownBoard {
  readonly number: number;
  readonly serials: readonly string[];
}

export type UnitWithJob = JobUnit & { job: Job };

/** A unit that a slot may try; `fits`: the record does not contradict its serial on this board. */
export interface Candidate {
  readonly unit: UnitWithJob;
  readonly fits: boolean;
}

/** Runs that were ended for a decision, or by the station's own end: their job may have the board again. */
const UNDONE = Prisma.sql`('interrupted', 'record-held', 'identity-held')`;

/**
 * Finds units for a slot, one after the other, in the order in which they have a claim to its board: the unit that the
 * slot is reserved for, and no other; a unit that names the board's own serial; then the most urgent job's. Each step
 * is one query by indexes over what is open; the history's size does not matter. Asked within the transaction that
 * claims, so that the last place of an order is given once.
 */
export class UnitSearch {
  readonly #jobs: string[] = [];
  readonly #units: number[] = [];
  #stage: 'reserved' | 'own' | 'urgent' | 'over' = 'reserved';

  constructor(
    private readonly transaction: Transaction,
    private readonly slot: WaitingSlot,
    private readonly board: KnownBoard | null,
    private readonly now: string,
  ) {}

  /** The next unit that was not left out. */
  async next(): Promise<Candidate | null> {
    if (this.#stage === 'reserved') {
      const reservation = await this.#reservation();
      this.#stage = reservation ? 'over' : 'own';
      if (reservation) return this.#candidate(await this.#reservedUnit(reservation), true);
    }
    if (this.#stage === 'own') {
      const id = await this.#ownUnit();
      if (id !== null) return this.#candidate(id, true);
      this.#stage = 'urgent';
    }
    while (this.#stage === 'urgent') {
      const job = await this.#urgentJob();
      if (!job) this.#stage = 'over';
      else {
        const found = await this.#unitOf(job);
        if (found) return this.#candidate(found.id, found.fits);
        this.leaveJob(job.id);
      }
    }
    return null;
  }

  /** Goes on without this unit. */
  leaveUnit(id: number): void {
    this.#units.push(id);
  }

  /** Goes on without this job. */
  leaveJob(id: string): void {
    this.#jobs.push(id);
  }

  async #candidate(id: number | null, fits: boolean): Promise<Candidate | null> {
    if (id === null) return null;
    const unit = await this.transaction.jobUnit.findUniqueOrThrow({ where: { id }, include: { job: true } });
    return { unit, fits };
  }

  /** A reservation ends with its time, and when its unit waits no more. */
  async #reservation() {
    const row = await this.transaction.reservation.findUnique({ where: { slot: this.slot.name } });
    if (!row || row.until <= this.now) return null;
    const where = { id: row.unitId, state: 'queued' };
    return (await this.transaction.jobUnit.count({ where })) > 0 ? row : null;
  }

  /** A board that was in the socket when it was reserved is not the one that is meant. */
  async #reservedUnit({
    unitId,
    insertion,
  }: {
    unitId: number;
    insertion: number | null;
  }): Promise<number | null> {
    if (insertion === this.slot.insertion) return null;
    const [row] = await this.transaction.$queryRaw<{ id: number | bigint }[]>(Prisma.sql`
      SELECT u."id" FROM "JobUnit" u JOIN "Job" j ON j."id" = u."jobId" LEFT JOIN "WorkOrder" w ON w."id" = j."workOrder"
      WHERE u."id" = ${unitId} AND u."state" = 'queued' AND ${this.#isOpen()}`);
    return row ? Number(row.id) : null;
  }

  async #ownUnit(): Promise<number | null> {
    if (!this.board || this.board.serials.length === 0) return null;
    const [row] = await this.transaction.$queryRaw<{ id: number | bigint }[]>(Prisma.sql`
      SELECT u."id" FROM json_each(${JSON.stringify(this.board.serials)}) s
      CROSS JOIN "JobUnit" u ON u."serial" = s."value" AND u."state" = 'queued'
      JOIN "Job" j ON j."id" = u."jobId" LEFT JOIN "WorkOrder" w ON w."id" = j."workOrder"
      WHERE (u."slot" IS NULL OR u."slot" = ${this.slot.name}) AND ${this.#isOpen()}
        AND ${this.#isNotLeft()} AND u."id" NOT IN (SELECT "value" FROM json_each(${JSON.stringify(this.#units)}))
      ORDER BY j."urgency" DESC, u."id" LIMIT 1`);
    return row ? Number(row.id) : null;
  }

  async #urgentJob(): Promise<OpenJob | null> {
    const { name, served } = this.slot;
    const board = this.board?.number ?? 0;
    const unit = (rest: Prisma.Sql) => Prisma.sql`EXISTS (
      SELECT 1 FROM "JobUnit" f WHERE f."jobId" = j."id" AND f."state" = 'queued' AND ${rest})`;
    const [found] = await this.transaction.$queryRaw<OpenJobRow[]>(Prisma.sql`
      SELECT j."id", ${unit(Prisma.sql`f."slot" = ${name}`)} AS bound, ${HAS_PLACE} AS place
      FROM "Job" j LEFT JOIN "WorkOrder" w ON w."id" = j."workOrder"
      WHERE ${this.#isOpen()} AND ${this.#isNotLeft()}
        AND (place OR ${unit(Prisma.sql`f."again" IS NOT NULL`)})
        AND (bound OR (
          ${unit(Prisma.sql`f."slot" IS NULL`)}
          AND j."id" NOT IN (SELECT "value" FROM json_each(${JSON.stringify([...served])}))
          AND NOT EXISTS (
            SELECT 1 FROM "Run" r
            WHERE r."jobId" = j."id" AND r."board" = ${board} AND (r."reason" IS NULL OR r."reason" NOT IN ${UNDONE})
          )
        ))
      ORDER BY j."urgency" DESC, j."createdAt", j."id"
      LIMIT 1`);
    return found
      ? { id: found.id, bound: Number(found.bound) === 1, place: Number(found.place) === 1 }
      : null;
  }

  /** The job may start units now: its state, its dates, and those of its order. */
  #isOpen(): Prisma.Sql {
    const within = (table: Prisma.Sql) => Prisma.sql`
      (${table}."notBefore" IS NULL OR ${table}."notBefore" <= ${this.now})
      AND (${table}."notAfter" IS NULL OR ${table}."notAfter" > ${this.now})`;
    return Prisma.sql`j."state" IN ('queued', 'running') AND ${within(Prisma.sql`j`)}
      AND (w."id" IS NULL OR (w."state" IN ('open', 'completed') AND ${within(Prisma.sql`w`)}))`;
  }

  #isNotLeft(): Prisma.Sql {
    return Prisma.sql`j."id" NOT IN (SELECT "value" FROM json_each(${JSON.stringify(this.#jobs)}))`;
  }

  /** The first unit of a job that the record does not contradict; else the first one. */
  async #unitOf({ id, bound, place }: OpenJob): Promise<{ id: number; fits: boolean } | null> {
    const find = async (rest: Prisma.Sql): Promise<number | null> => {
      const [row] = await this.transaction.$queryRaw<{ id: number | bigint }[]>(Prisma.sql`
        SELECT u."id" FROM "JobUnit" u
        WHERE u."jobId" = ${id} AND u."state" = 'queued'
          AND ${bound ? Prisma.sql`u."slot" = ${this.slot.name}` : Prisma.sql`u."slot" IS NULL`}
          AND ${place ? Prisma.sql`TRUE` : Prisma.sql`u."again" IS NOT NULL`}
          AND u."id" NOT IN (SELECT "value" FROM json_each(${JSON.stringify(this.#units)})) AND ${rest}
        ORDER BY u."id" LIMIT 1`);
      return row ? Number(row.id) : null;
    };
    if (bound || this.slot.uid === null) {
      const first = await find(Prisma.sql`TRUE`);
      return first === null ? null : { id: first, fits: true };
    }
    const fitting = await find(Prisma.sql`(u."serial" IS NULL OR ${this.#isFree()})`);
    if (fitting !== null) return { id: fitting, fits: true };
    const first = await find(Prisma.sql`TRUE`);
    return first === null ? null : { id: first, fits: false };
  }

  /** The unit's serial may be this board's: the board has none, and no other chip has it. */
  #isFree(): Prisma.Sql {
    if (this.board && this.board.serials.length > 0)
      return Prisma.sql`u."serial" IN (SELECT "value" FROM json_each(${JSON.stringify(this.board.serials)}))`;
    return Prisma.sql`NOT EXISTS (
      SELECT 1 FROM "BoardSerial" b JOIN "Board" o ON o."number" = b."board"
      WHERE b."serial" = u."serial" AND b."current" AND o."uid" IS NOT NULL AND o."number" <> ${this.board?.number ?? 0})`;
  }
}

interface OpenJobRow {
  readonly id: string;
  readonly bound: number | bigint;
  readonly place: number | bigint;
}

interface OpenJob {
  readonly id: string;
  readonly bound: boolean;
  /** Its order has a place for a board that is not made yet. */
  readonly place: boolean;
}

/** The order, if any, has a place for a board that is not made yet. */
const HAS_PLACE = Prisma.sql`(w."id" IS NULL
  OR (w."state" = 'open' AND w."quantity" > ${BOARDS_PASSED} + ${PLACES_AT_WORK}))`;
