import { ReportQuery } from '@boardwalk/contracts';
import { z } from 'zod';
import { LEDGER_GROUPS } from './grouping.ts';

/** The filters that codes and runs both have. */
export const ShiftLedgerQuery = ReportQuery.omit({
  ...({ recipe: true, lot: true, supplier: true, slot: true, image: true } as const),
}).extend({
  groupBy: z.enum(LEDGER_GROUPS).default('shift').meta({ description: 'what the rows are by' }),
});
