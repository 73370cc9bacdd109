/** Rows of a database file by one statement. */
export type Rows = <Row>(sql: string) => Promise<Row[]> | Row[];

/** Chips whose unique id says nothing any more, by a person's decision. */
const DUPLICATES = `(SELECT d."uid" FROM "Decision" d WHERE d."decision" = 'duplicate-uid' AND d."uid" IS NOT NULL)`;

/**
 * Pairs of serial and chip that ran, but for those that a recipe which accepts doubts or a person let in, and those of
 * reference boards, which are exempt from every rule. Recipes that accept have names that end so.
 */
const UNEXPLAINED = `
  SELECT DISTINCT r."serial" AS serial, r."uid" AS uid FROM "Run" r LEFT JOIN "Board" b ON b."number" = r."board"
  WHERE r."serial" IS NOT NULL AND r."uid" IS NOT NULL AND (r."outcome" IS NULL OR r."outcome" <> 'ABORTED')
    AND b."reference" IS NULL AND r."uid" NOT IN ${DUPLICATES}
    AND NOT EXISTS (SELECT 1 FROM "RecordFinding" f LEFT JOIN "Run" a ON a."id" = f."runId"
      WHERE f."policy" = 'accept' AND f."serial" = r."serial" AND f."uid" = r."uid"
        AND (f."runId" IS NULL OR a."recipeName" LIKE '%accept'))
    AND NOT EXISTS (SELECT 1 FROM "Decision" d WHERE d."serial" = r."serial" AND d."uid" = r."uid")`;

const AT_WORK = `SELECT r.* FROM "Run" r LEFT JOIN "Board" b ON b."number" = r."board" WHERE r."outcome" IS NULL`;
const OPEN_UNITS = `SELECT * FROM "JobUnit" WHERE "state" IN ('queued', 'running')`;
const doubled = (from: string, column: string, rest = ''): string =>
  `SELECT "${column}" AS it FROM (${from}) WHERE "${column}" IS NOT NULL ${rest} GROUP BY "${column}" HAVING COUNT(*) > 1`;

/** Each must find nothing, after whatever happened. */
const RULES: Readonly<Record<string, string>> = {
  'a serial on two chips': doubled(UNEXPLAINED, 'serial'),
  'a chip under two serials': doubled(UNEXPLAINED, 'uid'),
  'a serial at work twice': doubled(AT_WORK, 'serial'),
  'a chip at work twice': doubled(AT_WORK, 'uid', `AND "uid" NOT IN ${DUPLICATES}`),
  'a slot at work twice': doubled(AT_WORK, 'slot'),
  'a serial that waits or runs twice': doubled(OPEN_UNITS, 'serial'),
  'an order with a board too many': `SELECT "id", "passed", "quantity" FROM "WorkOrder" WHERE "passed" > "quantity"`,
  'an order that counts wrong': `
    SELECT w."id", w."passed", COUNT(o."board") AS boards FROM "WorkOrder" w LEFT JOIN "OrderBoard" o
      ON o."workOrder" = w."id" AND o."lastOutcome" = 'PASS' AND o."counts" = 1
    GROUP BY w."id" HAVING w."passed" <> COUNT(o."board")`,
};

/** The rules of one board, one serial, one record that a database file breaks, with what was found. */
export async function brokenRules(rows: Rows): Promise<string[]> {
  const broken: string[] = [];
  for (const [name, sql] of Object.entries(RULES)) {
    const found = await rows(sql);
    const plain = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);
    if (found.length > 0) broken.push(`${name}: ${JSON.stringify(found, (_key, value) => plain(value))}`);
  }
  return broken;
}
