import type { Database } from 'better-sqlite3';
import { cloneBoards, runsLeftOut, type CloneBoardRow } from './clone-boards.ts';
import type { CloneFilter } from './filter.ts';
import { lotChanges } from './lot-changes.ts';
import { uidPairs } from './uid-pairs.ts';

/** A board with what SQLite keeps as JSON as it is. */
function plain({ findings, decision, ...row }: CloneBoardRow) {
  return {
    ...row,
    findings: JSON.parse(findings) as string[],
    decision:
      decision === null
        ? null
        : (JSON.parse(decision) as {
            decision: string;
            decidedBy: string;
            decidedAt: string;
            sequence: number;
          }),
  };
}

/** What the report of identities reads of a file of data. */
export class CloneSource {
  /** @param file opened to read */
  constructor(private readonly file: Database) {}

  *boards(filter: CloneFilter) {
    for (const rows of cloneBoards(this.file, filter)) yield rows.map(plain);
  }

  leftOut(filter: CloneFilter): number {
    return runsLeftOut(this.file, filter);
  }

  /** Facts about lots and unique ids. */
  facts() {
    return { changes: lotChanges(this.file), pairs: uidPairs(this.file) };
  }
}
