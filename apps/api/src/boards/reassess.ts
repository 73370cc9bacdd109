import type { Assessment, BoardReassessment, Identity, Reassessed } from '@boardwalk/contracts';
import { MODEL_VERSION, reassess, storedExpectation, type Expectation } from '@boardwalk/identity';
import type { Database } from '../persistence/database.ts';

/** Identities of one board that are judged at once; a board seldom has a dozen. */
const MOST = 200;

/** Judges the stored identities of a board by the present rules. Runs keep what was said; another verdict is kept next to it. */
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
  const changed = data.filter((each) => each.changed);
  await keep(database, changed);
  return { board, modelVersion: MODEL_VERSION, changed: changed.length, data };
}

/** Keeps verdicts that are others now, each once a version of the rules: reports count them. */
async function keep(database: Database, changed: readonly Reassessed[]): Promise<void> {
  const runId = { in: changed.map(({ run }) => run) };
  const known = await database.reassessment.findMany({
    where: { runId, modelVersion: MODEL_VERSION },
    select: { runId: true },
  });
  const others = changed.filter(({ run }) => !known.some((row) => row.runId === run));
  if (others.length === 0) return;
  const at = new Date().toISOString();
  await database.commit(async (transaction) => {
    for (const { run, now } of others) {
      const { verdict, resembles, difference = null, strength, summary } = now;
      const said = { verdict, resembles, difference, strength, summary, assessment: JSON.stringify(now) };
      const data = { ...said, modelVersion: MODEL_VERSION, at };
      await transaction.reassessment.upsert({
        where: { runId: run },
        create: { runId: run, ...data },
        update: data,
      });
    }
  });
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
