import { BoardBy, CreateDecision, CreateLotDecision, Decision } from '@boardwalk/contracts';
import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DecisionBook } from '../decisions/decision-book.ts';
import { Dispatcher } from '../jobs/dispatcher.ts';
import { MayAnswer } from './may-answer.ts';

@ApiTags('boards')
@ApiBearerAuth()
@Controller('api/v1')
export class DecisionsController {
  constructor(
    private readonly decisions: DecisionBook,
    private readonly dispatcher: Dispatcher,
  ) {}

  @ApiOperation({
    summary: 'What a person decides about a board that is held, by its number, unique id or serial.',
  })
  @Post('boards/:id/decision')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Decision })
  @MayAnswer('ambiguous', 'wrong-state')
  async decideBoard(
    @Param('id') id: string,
    @Query({ schema: BoardBy }) by: BoardBy,
    @Body({ schema: CreateDecision }) body: CreateDecision,
  ): Promise<Decision> {
    const decision = await this.decisions.ofBoard(id, by, body);
    this.dispatcher.dispatch();
    return decision;
  }

  @ApiOperation({
    summary: 'The same for every board of a lot that is held about it, and for those that come later.',
  })
  @Post('lots/:lot/decision')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Decision })
  async decideLot(
    @Param('lot') lot: string,
    @Body({ schema: CreateLotDecision }) body: CreateLotDecision,
  ): Promise<Decision> {
    const decision = await this.decisions.ofLot(lot, body);
    this.dispatcher.dispatch();
    return decision;
  }
}
