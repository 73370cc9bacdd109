import { ActionBody, CreateWorkOrder, WorkOrder, WorkOrderQuery } from '@boardwalk/contracts';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Dispatcher } from '../jobs/dispatcher.ts';
import { WorkOrders } from '../recipes/work-orders.ts';
import { ListRoute } from './list-route.ts';
import { MayAnswer } from './may-answer.ts';

@ApiTags('work orders')
@ApiBearerAuth()
@Controller('api/v1/work-orders')
export class WorkOrdersController {
  constructor(
    private readonly orders: WorkOrders,
    private readonly dispatcher: Dispatcher,
  ) {}

  @Post()
  @ApiCreatedResponse({ standardSchema: WorkOrder })
  @MayAnswer('work-order-exists', 'recipe-retired', 'recipe-not-released')
  create(@Body({ schema: CreateWorkOrder }) body: CreateWorkOrder): Promise<WorkOrder> {
    return this.orders.create(body);
  }

  @Get()
  @ListRoute(WorkOrder)
  list(@Query({ schema: WorkOrderQuery }) query: WorkOrderQuery) {
    return this.orders.list(query);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: WorkOrder })
  get(@Param('id') id: string): Promise<WorkOrder> {
    return this.orders.get(id);
  }

  /** No board of it starts until it is released; those at work are finished. */
  @Post(':id/pause')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: WorkOrder })
  @MayAnswer('wrong-state')
  pause(@Param('id') id: string, @Body({ schema: ActionBody }) body: ActionBody): Promise<WorkOrder> {
    return this.orders.act(id, 'pause', body?.reason);
  }

  /** As pause, for a reason of quality. */
  @Post(':id/hold')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: WorkOrder })
  @MayAnswer('wrong-state')
  hold(@Param('id') id: string, @Body({ schema: ActionBody }) body: ActionBody): Promise<WorkOrder> {
    return this.orders.act(id, 'hold', body?.reason);
  }

  @Post(':id/release')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: WorkOrder })
  @MayAnswer('wrong-state')
  async release(@Param('id') id: string, @Body({ schema: ActionBody }) body: ActionBody): Promise<WorkOrder> {
    const order = await this.orders.act(id, 'release', body?.reason);
    this.dispatcher.dispatch();
    return order;
  }

  /** Ends it before its quantity is reached; what waits for it is cancelled. */
  @Post(':id/close')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: WorkOrder })
  @MayAnswer('wrong-state')
  close(@Param('id') id: string, @Body({ schema: ActionBody }) body: ActionBody): Promise<WorkOrder> {
    return this.orders.act(id, 'close', body?.reason);
  }
}
