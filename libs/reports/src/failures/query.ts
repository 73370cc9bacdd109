import { ReportQuery } from '@boardwalk/contracts';

export const FailuresQuery = ReportQuery;
