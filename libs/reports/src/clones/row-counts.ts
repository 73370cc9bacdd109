import type { Verdict } from '@boardwalk/contracts';
import { share } from '../wilson.ts';
import type { CloneBoard } from './board.ts';
import type { ClonesRow } from './columns.ts';
import { DONE, doneWith, leftBefore, type Done } from './done.ts';

const ABOUT_IDENTITY: ReadonlySet<string | null> = new Set(['identity', 'cohort']);
const UNIDENTIFIED = 'unidentified';

/** The counts of one row. */
export class RowCounts {
  readonly #verdicts: Record<Verdict, number> = { consistent: 0, differs: 0, insufficient: 0 };
  readonly #families = new Map<string, number>();
  readonly #done = Object.fromEntries(DONE.map((done) => [done, 0])) as Record<Done, number>;
  readonly evidence = new Map<string, number>();
  #boards = 0;
  #held = 0;
  #otherPart = 0;
  #leftBefore = 0;
  #sameUid = 0;

  /** @param sameUid its unique id came under a second serial */
  add(board: CloneBoard, sameUid: boolean): void {
    this.#boards += 1;
    this.#verdicts[board.verdict] += 1;
    this.#sameUid += Number(sameUid);
    if (board.state === 'held' && ABOUT_IDENTITY.has(board.heldAbout)) this.#held += 1;
    for (const id of new Set(board.findings)) count(this.evidence, id);
    if (board.verdict !== 'differs') return;
    this.#done[doneWith(board)] += 1;
    this.#leftBefore += Number(leftBefore(board));
    if (board.difference === 'part') this.#otherPart += 1;
    else count(this.#families, board.resembles ?? UNIDENTIFIED);
  }

  row(key: string | null, changedWithin: number | null, links: Record<string, string>): ClonesRow {
    const of = (verdict: Verdict) => share(this.#verdicts[verdict], this.#boards);
    return {
      ...{ key, boards: this.#boards },
      ...{ consistent: of('consistent'), differs: of('differs'), insufficient: of('insufficient') },
      families: Object.fromEntries([...this.#families].sort(([one], [other]) => (one < other ? -1 : 1))),
      ...{ held: this.#held, sameUidTwice: this.#sameUid, changedWithin },
      otherMaker: this.#verdicts.differs - this.#otherPart,
      otherPart: this.#otherPart,
      done: { ...this.#done },
      leftBeforeDecision: this.#leftBefore,
      links,
    };
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
