import { z } from 'zod';
import { Name, Timestamp } from './primitives.ts';

/** Body of POST /work-orders: a recipe revision, a quantity and a lot. */
export const CreateWorkOrder = z
  .strictObject({
    id: Name,
    recipe: z.strictObject({ name: Name, revision: z.coerce.number().int().min(1).optional() }),
    quantity: z.int().min(1).max(1_000_000),
    lot: Name.nullable().default(null),
  })
  .meta({ id: 'CreateWorkOrder' });
export type CreateWorkOrder = z.infer<typeof CreateWorkOrder>;

export const WorkOrder = z
  .object({
    id: z.string(),
    recipe: z.object({ name: z.string(), revision: z.int() }),
    quantity: z.int(),
    lot: z.string().nullable(),
    passed: z.int(),
    createdAt: Timestamp,
  })
  .meta({ id: 'WorkOrder' });
export type WorkOrder = z.infer<typeof WorkOrder>;
