import type { Reader } from '../../persistence/database.ts';
import { workRow, type BoardWork } from './board-work.ts';

/**
 * The latest attempt of some boards at a recipe revision, each in the board's present life. By the boards' primary key
 * and `Run_board_sequence_idx`.
 */
export async function workInRevision(
  reader: Reader,
  boards: readonly number[],
  recipe: { readonly name: string; readonly revision: number },
): Promise<BoardWork[]> {
  const rows = await reader.$queryRaw<object[]>`
          SELECT b."number" AS "board", r."outcome", r."finishedAt", FALSE AS "inOrder"
          FROM json_each(${JSON.stringify(boards)}) n CROSS JOIN "Board" b ON b."number" = n."value"
          CROSS JOIN "Run" r ON r."id" = (
            SELECT x."id" FROM "Run" x WHERE x."board" = b."number" AND x."life" = b."life"
              AND x."recipeName" = ${recipe.name} AND x."recipeRevision" = ${recipe.revision} AND x."attempt" IS NOT NULL
            ORDER BY x."sequence" DESC LIMIT 1)`;
  return rows.map(workRow);
}
