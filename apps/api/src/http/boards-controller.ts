import { Board, BoardBy, BoardQuery, ListQuery, Run } from '@boardwalk/contracts';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { z } from 'zod';
import { BoardList } from '../boards/board-list.ts';
import { BoardLookup } from '../boards/board-lookup.ts';
import { boardIn } from '../boards/board-view.ts';
import { afterSequence, sequenceCursor } from '../lists/cursor.ts';
import { Database } from '../persistence/database.ts';
import { RunRecords } from '../runs/run-records.ts';
import { ListRoute } from './list-route.ts';
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
    private readonly runs: RunRecords,
  ) {}

  @ApiOperation({ summary: 'Boards, the last seen first.' })
  @Get()
  @ListRoute(Board)
  listBoards(@Query({ schema: BoardQuery }) query: BoardQuery) {
    return this.boards.page(query);
  }

  @ApiOperation({
    summary:
      "One board's whole life in the record's order, by its number, unique id or serial; and the board.",
  })
  @Get(':id')
  @MayAnswer('ambiguous')
  @ListRoute(Run)
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
