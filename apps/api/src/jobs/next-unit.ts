import type { Transport } from '@boardwalk/contracts';
import type { Transaction } from '../persistence/database.ts';
import { Prisma } from '../persistence/gen/client.ts';
import { BOARDS_PASSED, PLACES_AT_WORK } from '../recipes/order-places.ts';
import { findUnit, type UnitToRun } from '../units/unit-rows.ts';

/** A slot with a board that waits for work. */
export interface WaitingSlot {
  readonly name: string;
  /** Grows by one with each board that is put in. */
  readonly insertion: number;
  /** What a look at the chip has read. */
  readonly uid: string | null;
  readonly flashSizeKib: number | null;
  readonly deviceId: string | null;
  readonly transport: Transport;
  /** Jobs that this insertion has run already. */
  readonly served: ReadonlySet<string>;
}

/** The board in a slot, where the record knows it: its number and the serials that it has. */
export interface KnownBoard {
  readonly number: number;
  readonly serials: readonly string[];
}

/** A unit that a slot may try; `fits`: the record does not contradict its serial on this board. */
export interface Candidate extends UnitToRun {
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
      if (reservation) return this.#reservedUnit(reservation);
    }
    if (this.#stage === 'own') {
      const own = await this.#ownUnit();
      if (own) return own;
      this.#stage = 'urgent';
    }
    while (this.#stage === 'urgent') {
      const job = await this.#urgentJob();
      if (!job) this.#stage = 'over';
      else {
        const found = await this.#unitOf(job);
        if (found) return found;
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

  /** The first unit of a FROM … with `u`, its job `j` and its order `w`. */
  async #first(rest: Prisma.Sql, fits: boolean): Promise<Candidate | null> {
    const found = await findUnit(this.transaction, rest);
    return found && { ...found, fits };
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
  }): Promise<Candidate | null> {
    if (insertion === this.slot.insertion) return null;
    const rest = Prisma.sql`
      FROM "JobUnit" u JOIN "Job" j ON j."id" = u."jobId" LEFT JOIN "WorkOrder" w ON w."id" = j."workOrder"
      WHERE u."id" = ${unitId} AND u."state" = 'queued' AND ${this.#isOpen()}`;
    return this.#first(rest, true);
  }

  async #ownUnit(): Promise<Candidate | null> {
    if (!this.board || this.board.serials.length === 0) return null;
    const rest = Prisma.sql`
      FROM json_each(${JSON.stringify(this.board.serials)}) s
      CROSS JOIN "JobUnit" u ON u."serial" = s."value" AND u."state" = 'queued'
      JOIN "Job" j ON j."id" = u."jobId" LEFT JOIN "WorkOrder" w ON w."id" = j."workOrder"
      WHERE (u."slot" IS NULL OR u."slot" = ${this.slot.name}) AND ${this.#isOpen()}
        AND ${this.#isNotLeft()} AND u."id" NOT IN (SELECT "value" FROM json_each(${JSON.stringify(this.#units)}))
      ORDER BY j."urgency" DESC, u."id" LIMIT 1`;
    return this.#first(rest, true);
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
  async #unitOf({ id, bound, place }: OpenJob): Promise<Candidate | null> {
    const find = (rest: Prisma.Sql, fits: boolean): Promise<Candidate | null> => {
      const unit = Prisma.sql`
        FROM "JobUnit" u CROSS JOIN "Job" j ON j."id" = u."jobId" LEFT JOIN "WorkOrder" w ON w."id" = j."workOrder"
        WHERE u."jobId" = ${id} AND u."state" = 'queued'
          AND ${bound ? Prisma.sql`u."slot" = ${this.slot.name}` : Prisma.sql`u."slot" IS NULL`}
          AND ${place ? Prisma.sql`TRUE` : Prisma.sql`u."again" IS NOT NULL`}
          AND u."id" NOT IN (SELECT "value" FROM json_each(${JSON.stringify(this.#units)})) AND ${rest}
        ORDER BY u."id" LIMIT 1`;
      return this.#first(unit, fits);
    };
    if (bound || this.slot.uid === null) return find(Prisma.sql`TRUE`, true);
    const fitting = await find(Prisma.sql`(u."serial" IS NULL OR ${this.#isFree()})`, true);
    return fitting ?? find(Prisma.sql`TRUE`, false);
  }

  /** The unit's serial may be this board's: the board never had one, and no other chip ever had this. */
  #isFree(): Prisma.Sql {
    if (this.board && this.board.serials.length > 0)
      return Prisma.sql`u."serial" IN (SELECT "value" FROM json_each(${JSON.stringify(this.board.serials)}))`;
    const here = this.board?.number ?? 0;
    return Prisma.sql`NOT EXISTS (
      SELECT 1 FROM "BoardSerial" b JOIN "Board" o ON o."number" = b."board"
      WHERE b."serial" = u."serial" AND o."uid" IS NOT NULL AND o."number" <> ${here})
      AND NOT EXISTS (SELECT 1 FROM "BoardSerial" b WHERE b."board" = ${here} AND b."serial" <> u."serial")`;
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
