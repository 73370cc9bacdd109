import { z } from 'zod';
import { plainText } from './primitives.ts';

/** The answer of every list route: a page and the cursor of the next one, null at the end. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    data: z.array(item),
    nextCursor: z.string().nullable(),
    generation: z.string().meta({ description: 'of the record; another one begins with each restore' }),
  });
}

/** excel: a table that a spreadsheet opens as it is, whatever the client accepts. */
export const TableFor = z.enum(['excel']).optional().meta({
  description: 'excel: CSV with a byte order mark, serials and ports as text, flat columns',
});

/** Strict: a filter that is misspelt would otherwise show everything. */
export const ListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(200).optional(),
  for: TableFor,
});
export type ListQuery = z.infer<typeof ListQuery>;

/** Runs of a virtual bench: true, those alone; false, none of them; all, both. */
export const Shows = z.enum(['true', 'false', 'all']).meta({ id: 'Shows' });
export type Shows = z.infer<typeof Shows>;

/** The filter of lists and reports that count runs. */
export const VirtualFilter = Shows.optional().meta({
  description: 'whether runs of a virtual bench are in it; by default not on a USB bench',
});

/** Why a person did something; kept with what it changed. */
export const Reason = plainText(500).trim().min(1);

/** Body of an action route: why, for whoever reads the record later. */
export const ActionBody = z
  .strictObject({ reason: Reason.optional().meta({ description: 'why, for whoever reads the record' }) })
  .optional()
  .meta({ id: 'ActionBody', examples: [{ reason: 'Solder paste of lot B1 is being checked.' }] });
export type ActionBody = z.infer<typeof ActionBody>;
