import type { Board, BoardBy } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../persistence/database.ts';
import type { Board as Row } from '../persistence/gen/client.ts';
import { ProblemException, refused } from '../problems/problems.ts';
import { boardsOf } from './board-view.ts';

type Reader = Database | Transaction;

/** Candidates that a refusal names. */
const SHOWN = 10;

/** Finds the board that a person names. */
@Injectable()
export class BoardLookup {
  constructor(private readonly database: Database) {}

  /**
   * The board by its number, its unique id or a serial that it has had.
   * @throws ProblemException 404, or 409 `ambiguous` with the candidates where several boards fit
   */
  async row(id: string, { by }: BoardBy = {}, reader: Reader = this.database): Promise<Row> {
    const found = new Map<number, Row>();
    const add = (row: Row | null): void => void (row && found.set(row.number, row));
    if (by === undefined || by === 'number') add(await byNumber(reader, id));
    if (by === undefined || by === 'uid') for (const row of await byUid(reader, id)) add(row);
    if (by === undefined || by === 'serial') for (const row of await bySerial(reader, id)) add(row);
    const rows = [...found.values()];
    if (rows.length === 0) throw refused('not-found:board', { id });
    if (rows.length > 1) throw ambiguous(id, await boardsOf(reader, rows));
    return rows[0]!;
  }
}

async function byNumber(reader: Reader, id: string): Promise<Row | null> {
  if (!/^\d{1,15}$/.test(id)) return null;
  let row = await reader.board.findUnique({ where: { number: Number(id) } });
  while (row?.mergedInto != null) row = await reader.board.findUnique({ where: { number: row.mergedInto } });
  return row;
}

/**
 * By the unique id that tells it, or by one that its runs have read: repeated ones are on several boards. A board that
 * no run was of is left out where others are: it was held, and its chip turned out to be one of those.
 */
async function byUid(reader: Reader, uid: string): Promise<Row[]> {
  const own = await reader.board.findUnique({ where: { uid } });
  const runs = await reader.run.findMany({
    where: { uid, board: { not: null } },
    distinct: ['board'],
    take: SHOWN + 1,
    orderBy: { sequence: 'desc' },
    select: { board: true },
  });
  const others = runs.flatMap(({ board }) => (board === null || board === own?.number ? [] : [board]));
  const ran = own !== null && (own.lastSequence !== null || own.state !== 'free' || others.length === 0);
  return [...(ran ? [own] : []), ...(await reader.board.findMany({ where: { number: { in: others } } }))];
}

async function bySerial(reader: Reader, serial: string): Promise<Row[]> {
  const rows = await reader.boardSerial.findMany({
    where: { serial },
    orderBy: { lastSequence: 'desc' },
    take: SHOWN + 1,
  });
  return reader.board.findMany({ where: { number: { in: rows.map(({ board }) => board) } } });
}

function ambiguous(id: string, candidates: readonly Board[]): ProblemException {
  const named = candidates
    .slice(0, SHOWN)
    .map(({ number, uid, serial }) => `${number} (uid ${uid ?? 'unknown'}, serial ${serial ?? 'none'})`);
  const count = candidates.length > SHOWN ? `More than ${SHOWN}` : candidates.length;
  const errors = candidates.slice(0, SHOWN).map(({ number, uid, serial }) => ({
    pointer: '/id',
    detail: `board ${number}, uid ${uid ?? 'unknown'}, serial ${serial ?? 'none'}`,
  }));
  return new ProblemException('ambiguous:board', { count, id, boards: named.join('; ') }, { errors });
}
