import type { Board, BoardReassessment } from '@boardwalk/contracts';
import { Controller } from '@nestjs/common';
import { BoardList } from '../boards/board-list.ts';
import { BoardMarks } from '../boards/board-marks.ts';
import { BoardLookup } from '../boards/board-lookup.ts';
import { boardIn } from '../boards/board-view.ts';
import { reassessBoard } from '../boards/reassess.ts';
import { afterSequence, sequenceCursor } from '../lists/cursor.ts';
import { Database } from '../persistence/database.ts';
import { PlantTimes } from '../reports/plant-times.ts';
import { BOARDS } from '../routes/boards.ts';
import type { TakenBy } from '../routes/row.ts';
import { RunBook } from '../runs/run-book.ts';
import { VirtualRuns } from '../runs/virtual-runs.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

@Controller()
export class BoardsController {
  constructor(
    private readonly database: Database,
    private readonly boards: BoardList,
    private readonly lookup: BoardLookup,
    private readonly runs: RunBook,
    private readonly marks: BoardMarks,
    private readonly virtual: VirtualRuns,
    private readonly times: PlantTimes,
  ) {}

  @Route(BOARDS.listBoards)
  listBoards(@Taken() { query }: TakenBy<typeof BOARDS.listBoards>) {
    return this.boards.page({ ...this.times.of(query), virtual: this.virtual.shown(query.virtual) });
  }

  @Route(BOARDS.markReference)
  markReference(@Taken() { params, query, body }: TakenBy<typeof BOARDS.markReference>): Promise<Board> {
    return this.marks.reference(params.id, query, body);
  }

  @Route(BOARDS.repairBoard)
  repairBoard(@Taken() { params, query, body }: TakenBy<typeof BOARDS.repairBoard>): Promise<Board> {
    return this.marks.repair(params.id, query, body);
  }

  @Route(BOARDS.assessBoard)
  async assessBoard(
    @Taken() { params, query }: TakenBy<typeof BOARDS.assessBoard>,
  ): Promise<BoardReassessment> {
    const { number } = await this.lookup.row(params.id, query);
    return reassessBoard(this.database, number);
  }

  @Route(BOARDS.getBoard)
  async getBoard(@Taken() { params, query }: TakenBy<typeof BOARDS.getBoard>) {
    const { by, limit, cursor } = query;
    const { number } = await this.lookup.row(params.id, { by });
    const rows = await this.runs.boardLife(number, afterSequence(cursor), limit + 1);
    const data = rows.slice(0, limit);
    const last = data.at(-1)?.sequence;
    return {
      board: await boardIn(this.database, number),
      data,
      nextCursor: rows.length > limit && last != null ? sequenceCursor(last) : null,
    };
  }
}
