import { z } from 'zod';
import { ListQuery } from './lists.ts';
import { Name, Timestamp } from './primitives.ts';
import { SerialRule } from './serial-rule.ts';

/** open: its jobs run; paused and held: none starts; completed: every board is there; closed: ended by a person. */
export const WorkOrderState = z
  .enum(['open', 'paused', 'held', 'completed', 'closed'])
  .meta({ id: 'WorkOrderState' });
export type WorkOrderState = z.infer<typeof WorkOrderState>;

/** Body of POST /work-orders: a recipe revision, a quantity, a lot, and when its boards may be made. */
export const CreateWorkOrder = z
  .strictObject({
    id: Name,
    recipe: z.strictObject({ name: Name, revision: z.coerce.number().int().min(1).optional() }),
    quantity: z
      .int()
      .min(1)
      .max(1_000_000)
      .meta({ description: 'never more than this many boards pass, on however many slots' }),
    lot: Name.nullable().default(null),
    supplier: Name.nullable().default(null).meta({ description: 'where the chips of the lot come from' }),
    serialRule: SerialRule.nullable().default(null),
    notBefore: Timestamp.optional(),
    notAfter: Timestamp.optional(),
  })
  .superRefine(({ notBefore, notAfter }, issues) => {
    if (notBefore && notAfter && Date.parse(notAfter) <= Date.parse(notBefore)) {
      issues.addIssue({ code: 'custom', path: ['notAfter'], message: 'must be later than notBefore' });
    }
  })
  .meta({
    id: 'CreateWorkOrder',
    examples: [
      {
        id: 'WO-1000',
        recipe: { name: 'blinky', revision: 7 },
        quantity: 500,
        lot: 'B1',
        supplier: 'Mouser',
      },
    ],
  });
export type CreateWorkOrder = z.infer<typeof CreateWorkOrder>;

export const WorkOrder = z
  .object({
    id: z.string(),
    recipe: z.object({ name: z.string(), revision: z.int() }),
    quantity: z.int(),
    lot: z.string().nullable(),
    state: WorkOrderState,
    reason: z.string().nullable().meta({
      description:
        'why it is in this state; of a completed order that has lost boards since: how many it has',
    }),
    notBefore: Timestamp.nullable(),
    notAfter: Timestamp.nullable(),
    passed: z.int().meta({ description: 'boards whose latest attempt in this order is PASS' }),
    running: z.int().meta({ description: 'boards at work' }),
    createdAt: Timestamp,
    supplier: z.string().nullable(),
    serialRule: SerialRule.nullable(),
    author: z
      .string()
      .nullable()
      .meta({ description: 'the account that made it; null: before accounts were kept' }),
  })
  .meta({ id: 'WorkOrder' });
export type WorkOrder = z.infer<typeof WorkOrder>;

/** Filters of GET /work-orders. */
export const WorkOrderQuery = ListQuery.extend({
  state: WorkOrderState.optional(),
  recipe: Name.optional(),
  lot: Name.optional(),
  supplier: Name.optional(),
});
export type WorkOrderQuery = z.infer<typeof WorkOrderQuery>;
