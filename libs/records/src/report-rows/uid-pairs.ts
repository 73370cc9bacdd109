import type { Database } from 'better-sqlite3';

/** One unique id that came under a second serial. */
export interface UidPairRow {
  readonly uid: string;
  readonly board: number;
  readonly serial: string | null;
  readonly otherSerial: string | null;
  readonly policy: string;
  readonly foundAt: string;
}

const SQL = `
  SELECT f."uid" AS uid, f."board" AS board, f."serial" AS serial, f."otherSerial" AS otherSerial, f."policy" AS policy,
    max(f."foundAt") AS foundAt
  FROM "RecordFinding" f JOIN "Board" b ON b."number" = f."board"
  WHERE f."kind" = 'uid-under-second-serial' AND f."uid" IS NOT NULL AND b."reference" IS NULL
  GROUP BY f."uid", f."board", f."serial", f."otherSerial" ORDER BY max(f."id")`;

/** Every pair of serials that one unique id had, as it was found last. */
export function uidPairs(file: Database): UidPairRow[] {
  return file.prepare<[], UidPairRow>(SQL).all();
}
