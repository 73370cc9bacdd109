import { ReportQuery } from '@boardwalk/contracts';

export const SlotsQuery = ReportQuery;
