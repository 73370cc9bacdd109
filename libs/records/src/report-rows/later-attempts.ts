import type { Database, Statement } from 'better-sqlite3';
import type { Outcome } from '@boardwalk/contracts';
import { COUNTED, RUNS_WITH_IMAGES, type RunColumns } from './columns.ts';

export interface LaterRow {
  readonly sequence: number;
  readonly slot: string;
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly image: string;
  readonly virtual: number;
}

/** The attempts of a board after its first at one recipe, by the index over boards. */
const SQL = `
  SELECT r."sequence" AS sequence, r."slot" AS slot, r."outcome" AS outcome, r."reason" AS reason,
    coalesce(a."image", r."imageSha256") AS image, r."virtual" AS virtual
  FROM ${RUNS_WITH_IMAGES}
  WHERE r."board" = ? AND r."sequence" > ? AND r."life" = ? AND r."recipeName" = ? AND r."attempt" > 1 AND ${COUNTED}
  ORDER BY r."sequence"`;

/** Reads the later attempts of lives. */
export class LaterAttempts {
  readonly #statement: Statement<[number | null, number, number, string], LaterRow>;

  /** @param perImage the recipe of which attempts are counted per image: one name for all images */
  constructor(
    file: Database,
    private readonly perImage: string,
  ) {
    this.#statement = file.prepare<[number | null, number, number, string], LaterRow>(SQL);
  }

  of({ board, sequence, life, recipe, image, virtual }: RunColumns): LaterRow[] {
    return this.#statement
      .all(board, sequence, life, recipe)
      .filter((row) => Boolean(row.virtual) === virtual && (recipe !== this.perImage || row.image === image));
  }
}
