import type { Transaction } from '../persistence/database.ts';
import { insertRows } from '../persistence/insert-rows.ts';
import type { PlacedOld } from './placed-old.ts';

interface Pair {
  readonly board: number;
  readonly serial: string;
  readonly runId: string;
  firstSequence: number;
  lastSequence: number;
}

/**
 * Keeps which boards have had which serials, and where that is doubtful: a serial on two chips, a chip under two
 * serials. Nobody could decide it then, so both keep the serial and the doubt is a finding, never a hold.
 */
export async function givePastSerials(transaction: Transaction, placed: readonly PlacedOld[]): Promise<void> {
  const pairs = pairsOf(placed);
  if (pairs.length === 0) return;
  const fresh = await withoutKnown(transaction, pairs);
  await storePairs(transaction, pairs);
  await storeFindings(transaction, fresh, Math.max(...pairs.map(({ lastSequence }) => lastSequence)));
}

function pairsOf(placed: readonly PlacedOld[]): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { board, run } of placed) {
    if (run.serial === null) continue;
    const { serial, sequence, id: runId } = run;
    const key = JSON.stringify([board, serial]);
    const pair = pairs.get(key);
    if (pair) {
      pair.firstSequence = Math.min(pair.firstSequence, sequence);
      pair.lastSequence = Math.max(pair.lastSequence, sequence);
    } else pairs.set(key, { board, serial, runId, firstSequence: sequence, lastSequence: sequence });
  }
  return [...pairs.values()];
}

async function withoutKnown(transaction: Transaction, pairs: readonly Pair[]): Promise<Pair[]> {
  const known = await transaction.$queryRawUnsafe<{ place: number | bigint }[]>(
    `SELECT k."key" AS place FROM json_each(?) k CROSS JOIN "BoardSerial" s
      ON s."serial" = json_extract(k."value", '$[1]') AND s."board" = json_extract(k."value", '$[0]')
      WHERE s."firstSequence" IS NOT NULL`,
    JSON.stringify(pairs.map(({ board, serial }) => [board, serial])),
  );
  const places = new Set(known.map(({ place }) => Number(place)));
  return pairs.filter((_, place) => !places.has(place));
}

async function storePairs(transaction: Transaction, pairs: readonly Pair[]): Promise<void> {
  await transaction.$executeRawUnsafe(
    `INSERT INTO "BoardSerial" ("serial", "board", "current", "firstSequence", "lastSequence")
      SELECT json_extract("value", '$[0]'), json_extract("value", '$[1]'), TRUE,
        json_extract("value", '$[2]'), json_extract("value", '$[3]') FROM json_each(?) WHERE TRUE
      ON CONFLICT ("serial", "board") DO UPDATE SET
        "firstSequence" = min(coalesce("firstSequence", excluded."firstSequence"), excluded."firstSequence"),
        "lastSequence" = max(coalesce("lastSequence", 0), excluded."lastSequence")`,
    JSON.stringify(pairs.map((pair) => [pair.serial, pair.board, pair.firstSequence, pair.lastSequence])),
  );
  await transaction.$executeRawUnsafe(
    `UPDATE "Board" SET "serial" = (
        SELECT s."serial" FROM "BoardSerial" s WHERE s."board" = "Board"."number" AND s."current"
        ORDER BY s."lastSequence" DESC LIMIT 1)
      WHERE "number" IN (SELECT "value" FROM json_each(?))`,
    JSON.stringify([...new Set(pairs.map(({ board }) => board))]),
  );
}

interface Other {
  readonly place: number | bigint;
  readonly uid: string | null;
  readonly otherBoard: number | bigint | null;
  readonly otherUid: string | null;
  readonly otherAt: string | null;
  readonly otherSerial: string | null;
}

/** Each pair is held against those before it in the record, and against later ones that were placed earlier. */
const OTHERS = `
  SELECT k."key" AS place, own."uid" AS uid, other."number" AS "otherBoard", other."uid" AS "otherUid",
    other."lastSeenAt" AS "otherAt",
    (SELECT s."serial" FROM "BoardSerial" s WHERE s."board" = own."number"
      AND s."serial" <> json_extract(k."value", '$[1]')
      AND (s."firstSequence" < json_extract(k."value", '$[2]') OR s."firstSequence" > ?)
      ORDER BY s."lastSequence" DESC LIMIT 1) AS "otherSerial"
  FROM json_each(?) k
  CROSS JOIN "Board" own ON own."number" = json_extract(k."value", '$[0]')
  LEFT JOIN "Board" other ON other."number" = (
    SELECT s."board" FROM "BoardSerial" s CROSS JOIN "Board" b ON b."number" = s."board"
    WHERE s."serial" = json_extract(k."value", '$[1]') AND s."current" AND b."uid" IS NOT NULL
      AND s."board" <> own."number"
      AND (s."firstSequence" < json_extract(k."value", '$[2]') OR s."firstSequence" > ?)
    ORDER BY s."lastSequence" DESC LIMIT 1)
  WHERE own."uid" IS NOT NULL`;

async function storeFindings(transaction: Transaction, pairs: readonly Pair[], last: number): Promise<void> {
  if (pairs.length === 0) return;
  const given = JSON.stringify(
    pairs.map(({ board, serial, firstSequence }) => [board, serial, firstSequence]),
  );
  const others = await transaction.$queryRawUnsafe<Other[]>(OTHERS, last, given, last);
  const foundAt = new Date().toISOString();
  await insertRows(
    transaction,
    'RecordFinding',
    others.flatMap(({ place, uid, otherBoard, otherUid, otherAt, otherSerial }) => {
      const { board, serial, runId } = pairs[Number(place)]!;
      const about = { serial, uid, board, runId, policy: 'past', foundAt };
      const nothing = { otherBoard: null, otherUid: null, otherAt: null, otherSerial: null };
      return [
        ...(otherBoard === null
          ? []
          : [
              {
                ...{ kind: 'serial-on-second-uid', ...about, ...nothing },
                ...{ otherBoard: Number(otherBoard), otherUid, otherAt, otherSerial: serial },
              },
            ]),
        ...(otherSerial === null
          ? []
          : [{ kind: 'uid-under-second-serial', ...about, ...nothing, otherUid: uid, otherSerial }]),
      ];
    }),
  );
}
