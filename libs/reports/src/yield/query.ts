import { ReportQuery } from '@boardwalk/contracts';

/** All that reports may be asked. */
export const YieldQuery = ReportQuery;
