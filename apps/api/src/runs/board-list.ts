import { Board, type ListQuery, type Outcome } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { decodeCursor, pageOf, type Page } from '../lists/cursor.ts';
import { Database } from '../persistence/database.ts';
import { Prisma } from '../persistence/gen/client.ts';

interface Row {
  readonly id: string;
  readonly runs: number | bigint;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
}

/** The boards of the record, by unique id or serial, last seen first. */
@Injectable()
export class BoardList {
  constructor(private readonly database: Database) {}

  async page({ limit, cursor }: ListQuery): Promise<Page<Board>> {
    const place = decodeCursor(cursor);
    const before = place
      ? Prisma.sql`HAVING MAX("startedAt") < ${place.at} OR (MAX("startedAt") = ${place.at} AND COALESCE("uid", "serial") < ${place.id})`
      : Prisma.empty;
    const rows = await this.database.$queryRaw<Row[]>(Prisma.sql`
      SELECT COALESCE("uid", "serial") AS "id", COUNT(*) AS "runs",
        MIN("startedAt") AS "firstSeenAt", MAX("startedAt") AS "lastSeenAt"
      FROM "Run" WHERE "uid" IS NOT NULL OR "serial" IS NOT NULL
      GROUP BY COALESCE("uid", "serial") ${before}
      ORDER BY MAX("startedAt") DESC, COALESCE("uid", "serial") DESC LIMIT ${limit + 1}`);
    const boards = new Map<string, Board>();
    for (const row of rows) boards.set(row.id, await this.#board(row));
    return pageOf(
      rows,
      limit,
      ({ lastSeenAt, id }) => ({ at: lastSeenAt, id }),
      ({ id }) => boards.get(id)!,
    );
  }

  async #board({ id, runs, firstSeenAt, lastSeenAt }: Row): Promise<Board> {
    const where = { OR: [{ uid: id }, { uid: null, serial: id }] };
    const newest = { startedAt: 'desc' } as const;
    const last = await this.database.run.findFirstOrThrow({ where, orderBy: newest });
    const named = last.serial ?? (await this.#last({ AND: [where, { serial: { not: null } }] }))?.serial;
    const ended = last.outcome ?? (await this.#last({ AND: [where, { outcome: { not: null } }] }))?.outcome;
    const { uid, deviceId, dpidr, verdict, resembles } = last;
    return {
      ...{ id, serial: named ?? null, uid, deviceId, dpidr, verdict, resembles, firstSeenAt, lastSeenAt },
      lastOutcome: (ended ?? null) as Outcome | null,
      runs: Number(runs),
    };
  }

  #last(where: Prisma.RunWhereInput) {
    return this.database.run.findFirst({ where, orderBy: { startedAt: 'desc' } });
  }
}
