import { ActionBody, CreateWorkOrder, WorkOrder, WorkOrderQuery } from '@boardwalk/contracts';
import { listed, made, one } from './answer.ts';
import { resource } from './row.ts';

export const WORK_ORDERS = resource('work orders', {
  createWorkOrder: {
    method: 'POST',
    path: '/api/v1/work-orders',
    summary: 'A recipe revision, a quantity and a lot; jobs and scans name it.',
    may: 'order-work',
    body: CreateWorkOrder,
    answers: made(WorkOrder, ({ id }) => ['work-orders', id]),
    refuses: ['work-order-exists', 'recipe-retired', 'recipe-not-released'],
  },
  listWorkOrders: {
    method: 'GET',
    path: '/api/v1/work-orders',
    summary: 'Work orders, the newest first.',
    may: 'look',
    query: WorkOrderQuery,
    answers: listed(WorkOrder),
  },
  getWorkOrder: {
    method: 'GET',
    path: '/api/v1/work-orders/:id',
    summary: 'One work order, with how many boards passed and run.',
    may: 'look',
    answers: one(WorkOrder),
  },
  pauseWorkOrder: {
    method: 'POST',
    path: '/api/v1/work-orders/:id/pause',
    summary: 'No board of it starts until it is released; those at work are finished.',
    may: 'order-work',
    body: ActionBody,
    answers: one(WorkOrder),
    refuses: ['wrong-state'],
  },
  holdWorkOrder: {
    method: 'POST',
    path: '/api/v1/work-orders/:id/hold',
    summary: 'As pause, for a reason of quality.',
    may: 'steer-jobs',
    body: ActionBody,
    answers: one(WorkOrder),
    refuses: ['wrong-state'],
  },
  releaseWorkOrder: {
    method: 'POST',
    path: '/api/v1/work-orders/:id/release',
    summary: 'Ends a pause or a hold; its boards start again.',
    may: 'steer-jobs',
    body: ActionBody,
    answers: one(WorkOrder),
    refuses: ['wrong-state'],
  },
  closeWorkOrder: {
    method: 'POST',
    path: '/api/v1/work-orders/:id/close',
    summary: 'Ends it before its quantity is reached; what waits for it is cancelled.',
    may: 'order-work',
    body: ActionBody,
    answers: one(WorkOrder),
    refuses: ['wrong-state'],
  },
});
