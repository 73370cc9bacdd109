import type { Decision } from '@boardwalk/contracts';
import { Controller } from '@nestjs/common';
import { DecisionBook } from '../decisions/decision-book.ts';
import { Dispatcher } from '../jobs/dispatcher.ts';
import { BOARDS } from '../routes/boards.ts';
import type { TakenBy } from '../routes/row.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

@Controller()
export class DecisionsController {
  constructor(
    private readonly decisions: DecisionBook,
    private readonly dispatcher: Dispatcher,
  ) {}

  @Route(BOARDS.decideBoard)
  async decideBoard(@Taken() { params, query, body }: TakenBy<typeof BOARDS.decideBoard>): Promise<Decision> {
    const decision = await this.decisions.ofBoard(params.id, query, body);
    this.dispatcher.dispatch();
    return decision;
  }

  @Route(BOARDS.decideLot)
  async decideLot(@Taken() { params, body }: TakenBy<typeof BOARDS.decideLot>): Promise<Decision> {
    const decision = await this.decisions.ofLot(params.lot, body);
    this.dispatcher.dispatch();
    return decision;
  }
}
