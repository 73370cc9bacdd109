import { ActionBody, CreateWorkOrder, WorkOrder, WorkOrderQuery } from '@boardwalk/contracts';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { Dispatcher } from '../jobs/dispatcher.ts';
import { OrderBook } from '../recipes/order-book.ts';
import { Created } from './created.ts';
import { ListRoute } from './list-route.ts';
import { MayAnswer } from './may-answer.ts';

@ApiTags('work orders')
@ApiBearerAuth()
@Controller('api/v1/work-orders')
export class WorkOrdersController {
  constructor(
    private readonly orders: OrderBook,
    private readonly dispatcher: Dispatcher,
  ) {}

  @ApiOperation({ summary: 'A recipe revision, a quantity and a lot; jobs and scans name it.' })
  @Post()
  @Created(WorkOrder, ({ id }) => ['work-orders', id])
  @MayAnswer('work-order-exists', 'recipe-retired', 'recipe-not-released')
  createWorkOrder(@Body({ schema: CreateWorkOrder }) body: CreateWorkOrder): Promise<WorkOrder> {
    return this.orders.create(body);
  }

  @ApiOperation({ summary: 'Work orders, the newest first.' })
  @Get()
  @ListRoute(WorkOrder)
  listWorkOrders(@Query({ schema: WorkOrderQuery }) query: WorkOrderQuery) {
    return this.orders.list(query);
  }

  @ApiOperation({ summary: 'One work order, with how many boards passed and run.' })
  @Get(':id')
  @ApiOkResponse({ standardSchema: WorkOrder })
  getWorkOrder(@Param('id') id: string): Promise<WorkOrder> {
    return this.orders.get(id);
  }

  @ApiOperation({ summary: 'No board of it starts until it is released; those at work are finished.' })
  @Post(':id/pause')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: WorkOrder })
  @MayAnswer('wrong-state')
  pauseWorkOrder(
    @Param('id') id: string,
    @Body({ schema: ActionBody }) body: ActionBody,
  ): Promise<WorkOrder> {
    return this.orders.act(id, 'pause', body?.reason);
  }

  @ApiOperation({ summary: 'As pause, for a reason of quality.' })
  @Post(':id/hold')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: WorkOrder })
  @MayAnswer('wrong-state')
  holdWorkOrder(@Param('id') id: string, @Body({ schema: ActionBody }) body: ActionBody): Promise<WorkOrder> {
    return this.orders.act(id, 'hold', body?.reason);
  }

  @ApiOperation({ summary: 'Ends a pause or a hold; its boards start again.' })
  @Post(':id/release')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: WorkOrder })
  @MayAnswer('wrong-state')
  async releaseWorkOrder(
    @Param('id') id: string,
    @Body({ schema: ActionBody }) body: ActionBody,
  ): Promise<WorkOrder> {
    const order = await this.orders.act(id, 'release', body?.reason);
    this.dispatcher.dispatch();
    return order;
  }

  @ApiOperation({ summary: 'Ends it before its quantity is reached; what waits for it is cancelled.' })
  @Post(':id/close')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: WorkOrder })
  @MayAnswer('wrong-state')
  closeWorkOrder(
    @Param('id') id: string,
    @Body({ schema: ActionBody }) body: ActionBody,
  ): Promise<WorkOrder> {
    return this.orders.act(id, 'close', body?.reason);
  }
}
