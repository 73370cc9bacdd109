import type { ReportQuery } from '@boardwalk/contracts';
import { CloneSource, openToRead } from '@boardwalk/records';
import type { BoardReport, CloneBoard, ClonesQuery } from '@boardwalk/reports';
import { Inject, Injectable } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { VirtualRuns, virtualOf } from '../runs/virtual-runs.ts';
import type { Configuration } from '../settings/configuration.ts';
import { CONFIGURATION } from '../settings/tokens.ts';

/** Answers a report about boards from the record as it is at one moment, in parts between which the bench is served. */
@Injectable()
export class BoardReportAnswers {
  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    private readonly virtual: VirtualRuns,
  ) {}

  async answer<Answer>(report: BoardReport<Answer>, query: ReportQuery & ClonesQuery): Promise<Answer> {
    const { groupBy, from, to, virtual, ...filters } = query;
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const filter = { ...filters, ...windowOf(from, to), virtual: virtualOf(this.virtual.shown(virtual)) };
    const file = openToRead(this.configuration.databaseFile);
    try {
      // Everything is read as it was at the first statement.
      file.exec('BEGIN');
      const source = new CloneSource(file);
      const { from: since, to: until } = filter;
      const window = { from: since, to: until, groupBy, timeZone, filters };
      const fold = report.foldBoards(window, source.facts());
      for (const boards of source.boards(filter)) {
        fold.addBoards(boards as CloneBoard[]);
        await nextTurn();
      }
      fold.addBoards([], source.leftOut(filter));
      return fold.report();
    } finally {
      file.close();
    }
  }
}

/** Times of the record are in UTC, and compared as text. */
function windowOf(from: string | undefined, to: string | undefined) {
  const iso = (at: string | undefined): string | null =>
    at === undefined ? null : new Date(at).toISOString();
  return { from: iso(from), to: iso(to) };
}
