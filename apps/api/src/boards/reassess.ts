import type { Assessment, BoardReassessment, Identity } from '@boardwalk/contracts';
import { MODEL_VERSION, reassess, storedExpectation, type Expectation } from '@boardwalk/identity';
import type { Database } from '../persistence/database.ts';

/** Identities of one board that are judged at once; a board seldom has a dozen. */
const MOST = 200;

/** Judges the stored identities of a board by the present rules. No record is changed. */
export async function reassessBoard(database: Database, board: number): Promise<BoardReassessment> {
  const runs = await database.run.findMany({
    where: { board, identity: { not: null }, assessment: { not: null } },
    orderBy: { sequence: 'desc' },
    take: MOST,
  });
  const orders = await ordersOf(database, runs);
  const data = runs.map(({ id, startedAt, identity, assessment, recipeName, recipeRevision }) => ({
    ...{ run: id, startedAt },
    ...reassess(
      JSON.parse(identity!) as Identity,
      orders.get(keyOf(recipeName, recipeRevision)) ?? storedExpectation(null, null),
      JSON.parse(assessment!) as Assessment,
    ),
  }));
  const changed = data.filter((each) => each.changed).length;
  return { board, modelVersion: MODEL_VERSION, changed, data };
}

type Named = { readonly recipeName: string; readonly recipeRevision: number };

const keyOf = (name: string, revision: number): string => `${revision} ${name}`;

/** The recipe revisions of runs: what they ordered. */
async function ordersOf(
  database: Database,
  runs: readonly Named[],
): Promise<ReadonlyMap<string, Expectation>> {
  const names = new Set(runs.map(({ recipeName }) => recipeName));
  const rows = await database.recipe.findMany({ where: { name: { in: [...names] } } });
  return new Map(
    rows.map(({ name, revision, steps, part }) => [keyOf(name, revision), storedExpectation(steps, part)]),
  );
}
