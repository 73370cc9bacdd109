import { BUILT_IN_RECIPE, type LifeFact } from '@boardwalk/contracts';
import { raw, sql, type Fragment } from './fragment.ts';

/** Whether an attempt is a later one of the life that began with run `r`; the same as reports read them. */
const laterThan = (attempt: string): Fragment =>
  raw(`"Run" ${attempt} WHERE ${attempt}."board" = r."board" AND ${attempt}."sequence" > r."sequence"
    AND coalesce(${attempt}."life", 1) = coalesce(r."life", 1) AND ${attempt}."recipeName" = r."recipeName"
    AND ${attempt}."attempt" > 1 AND ${attempt}."reference" IS NULL AND ${attempt}."outcome" IS NOT NULL
    AND ${attempt}."virtual" = r."virtual" AND (r."recipeName" <> '${BUILT_IN_RECIPE}'
      OR ${imageOf(attempt)} = ${imageOf('r')})`);
const imageOf = (run: string): string =>
  `coalesce((SELECT a."image" FROM "ImageAlias" a WHERE a."id" = ${run}."imageSha256"), ${run}."imageSha256")`;

const passedBy = (attempts: number): Fragment => sql`(r."outcome" = 'PASS' OR EXISTS (
  SELECT 1 FROM ${laterThan('l')} AND l."outcome" = 'PASS' AND l."attempt" <= ${attempts}))`;

/** A later outcome of the board that run `r` was the first attempt of. */
const CONDITIONS: Readonly<Record<LifeFact, Fragment>> = {
  'first-pass': sql`r."outcome" = 'PASS'`,
  'board-first': sql`r."outcome" NOT IN ('ERROR', 'TIMEOUT')`,
  'second-pass': passedBy(2),
  'third-pass': passedBy(3),
  'last-pass': sql`coalesce((
    SELECT l."outcome" FROM ${laterThan('l')} ORDER BY l."sequence" DESC LIMIT 1), r."outcome") = 'PASS'`,
  failed: sql`(r."outcome" = 'FAIL' OR EXISTS (SELECT 1 FROM ${laterThan('l')} AND l."outcome" = 'FAIL'))`,
  'passed-on-retest': sql`EXISTS (
    SELECT 1 FROM ${laterThan('l')} AND l."outcome" = 'PASS' AND (r."outcome" = 'FAIL' OR EXISTS (
      SELECT 1 FROM ${laterThan('m')} AND m."outcome" = 'FAIL' AND m."sequence" < l."sequence")))`,
};

/** First attempts alone: each is its board's at one recipe. */
export function lifeCondition(fact: LifeFact): Fragment {
  return sql`r."attempt" = 1 AND ${CONDITIONS[fact]}`;
}

/** Whether a run failed for a reason; `*`: for any, empty: for none. */
function failedFor(run: string, reason: string): Fragment {
  const column = raw(`${run}."reason"`);
  const failed = raw(`${run}."outcome" IN ('FAIL', 'ERROR', 'TIMEOUT')`);
  if (reason === '*') return failed;
  return reason === '' ? sql`${failed} AND ${column} IS NULL` : sql`${failed} AND ${column} = ${reason}`;
}

/** First attempts of boards of which an attempt failed for this reason. */
export function hadReasonCondition(reason: string): Fragment {
  return sql`r."attempt" = 1 AND ((${failedFor('r', reason)}) OR EXISTS (
    SELECT 1 FROM ${laterThan('l')} AND ${failedFor('l', reason)}))`;
}

/** The same, of boards that passed after it. */
export function passedAfterCondition(reason: string): Fragment {
  return sql`r."attempt" = 1 AND EXISTS (
    SELECT 1 FROM ${laterThan('l')} AND l."outcome" = 'PASS' AND ((${failedFor('r', reason)}) OR EXISTS (
      SELECT 1 FROM ${laterThan('m')} AND m."sequence" < l."sequence" AND ${failedFor('m', reason)})))`;
}
