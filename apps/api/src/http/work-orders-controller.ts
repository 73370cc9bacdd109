import type { WorkOrder } from '@boardwalk/contracts';
import { Controller } from '@nestjs/common';
import { Dispatcher } from '../jobs/dispatcher.ts';
import { OrderBook } from '../recipes/order-book.ts';
import type { TakenBy } from '../routes/row.ts';
import { WORK_ORDERS } from '../routes/work-orders.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

@Controller()
export class WorkOrdersController {
  constructor(
    private readonly orders: OrderBook,
    private readonly dispatcher: Dispatcher,
  ) {}

  @Route(WORK_ORDERS.createWorkOrder)
  createWorkOrder(@Taken() { body }: TakenBy<typeof WORK_ORDERS.createWorkOrder>): Promise<WorkOrder> {
    return this.orders.create(body);
  }

  @Route(WORK_ORDERS.listWorkOrders)
  listWorkOrders(@Taken() { query }: TakenBy<typeof WORK_ORDERS.listWorkOrders>) {
    return this.orders.list(query);
  }

  @Route(WORK_ORDERS.getWorkOrder)
  getWorkOrder(@Taken() { params }: TakenBy<typeof WORK_ORDERS.getWorkOrder>): Promise<WorkOrder> {
    return this.orders.get(params.id);
  }

  @Route(WORK_ORDERS.pauseWorkOrder)
  pauseWorkOrder(@Taken() { params, body }: TakenBy<typeof WORK_ORDERS.pauseWorkOrder>): Promise<WorkOrder> {
    return this.orders.act(params.id, 'pause', body?.reason);
  }

  @Route(WORK_ORDERS.holdWorkOrder)
  holdWorkOrder(@Taken() { params, body }: TakenBy<typeof WORK_ORDERS.holdWorkOrder>): Promise<WorkOrder> {
    return this.orders.act(params.id, 'hold', body?.reason);
  }

  @Route(WORK_ORDERS.releaseWorkOrder)
  async releaseWorkOrder(
    @Taken() { params, body }: TakenBy<typeof WORK_ORDERS.releaseWorkOrder>,
  ): Promise<WorkOrder> {
    const order = await this.orders.act(params.id, 'release', body?.reason);
    this.dispatcher.dispatch();
    return order;
  }

  @Route(WORK_ORDERS.closeWorkOrder)
  closeWorkOrder(@Taken() { params, body }: TakenBy<typeof WORK_ORDERS.closeWorkOrder>): Promise<WorkOrder> {
    return this.orders.act(params.id, 'close', body?.reason);
  }
}
