import { Board, BoardBy, BoardQuery, ListQuery, MarkReference, RepairBoard, Run } from '@boardwalk/contracts';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { BoardList } from '../boards/board-list.ts';
import { BoardMarks } from '../boards/board-marks.ts';
import { BoardLookup } from '../boards/board-lookup.ts';
import { boardIn } from '../boards/board-view.ts';
import { afterSequence, sequenceCursor } from '../lists/cursor.ts';
import { Database } from '../persistence/database.ts';
import { RunBook } from '../runs/run-book.ts';
import { VirtualRuns } from '../runs/virtual-runs.ts';
import { ListRoute } from './list-route.ts';
import { LeavesOutVirtual, VIRTUAL_RUNS_HEADER } from './virtual-runs-header.ts';
import { MayAnswer } from './may-answer.ts';

const LifeQuery = BoardBy.extend(ListQuery.shape);

@ApiTags('boards')
@ApiBearerAuth()
@Controller('api/v1/boards')
export class BoardsController {
  constructor(
    private readonly database: Database,
    private readonly boards: BoardList,
    private readonly lookup: BoardLookup,
    private readonly runs: RunBook,
    private readonly marks: BoardMarks,
    private readonly virtual: VirtualRuns,
  ) {}

  @ApiOperation({ summary: 'Boards, the last seen first.' })
  @Get()
  @ListRoute(Board, 'cursor', { headers: VIRTUAL_RUNS_HEADER })
  @LeavesOutVirtual()
  listBoards(@Query({ schema: BoardQuery }) query: BoardQuery) {
    return this.boards.page({ ...query, virtual: this.virtual.shown(query.virtual) });
  }

  @ApiOperation({
    summary: 'Marks a reference board: golden or known bad. No rule and no count includes it.',
  })
  @Post(':id/reference')
  @HttpCode(200)
  @MayAnswer('ambiguous')
  @ApiOkResponse({ standardSchema: Board })
  markReference(
    @Param('id') id: string,
    @Query({ schema: BoardBy }) by: BoardBy,
    @Body({ schema: MarkReference }) body: MarkReference,
  ): Promise<Board> {
    return this.marks.reference(id, by, body);
  }

  @ApiOperation({ summary: 'Records that a board was repaired: its attempts start at 1 again.' })
  @Post(':id/repair')
  @HttpCode(200)
  @MayAnswer('ambiguous', 'wrong-state')
  @ApiOkResponse({ standardSchema: Board })
  repairBoard(
    @Param('id') id: string,
    @Query({ schema: BoardBy }) by: BoardBy,
    @Body({ schema: RepairBoard }) body: RepairBoard,
  ): Promise<Board> {
    return this.marks.repair(id, by, body);
  }

  @ApiOperation({
    summary:
      "One board's whole life in the record's order, by its number, unique id or serial; and the board.",
  })
  @Get(':id')
  @MayAnswer('ambiguous')
  @ListRoute(Run, 'cursor', { members: { board: Board } })
  async getBoard(
    @Param('id') id: string,
    @Query({ schema: LifeQuery }) { by, limit, cursor }: z.infer<typeof LifeQuery>,
  ) {
    const { number } = await this.lookup.row(id, { by });
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
