import { ACCOUNTS } from './accounts.ts';
import { BOARDS } from './boards.ts';
import { CERTIFICATES } from './certificates.ts';
import { HEALTH } from './health.ts';
import { IDENTITY_MODEL } from './identity.ts';
import { IMAGES } from './images.ts';
import { JOBS } from './jobs.ts';
import { AUDIT, EVENTS } from './logs.ts';
import { RECIPES } from './recipes.ts';
import { REPORTS } from './reports.ts';
import type { RouteRow } from './row.ts';
import { RUNS } from './runs.ts';
import { SCANS } from './scans.ts';
import { SERIALS } from './serials.ts';
import { SESSIONS } from './sessions.ts';
import { SLOTS } from './slots.ts';
import { STATION } from './station.ts';
import { VIRTUAL } from './virtual.ts';
import { WORK_ORDERS } from './work-orders.ts';

/** The one table of routes. A path with a literal segment goes before one with a parameter in its place. */
export const ROUTES: readonly RouteRow[] = [
  HEALTH,
  SESSIONS,
  ACCOUNTS,
  STATION,
  SCANS,
  EVENTS,
  AUDIT,
  SLOTS,
  VIRTUAL,
  IMAGES,
  RECIPES,
  WORK_ORDERS,
  SERIALS,
  JOBS,
  RUNS,
  IDENTITY_MODEL,
  BOARDS,
  CERTIFICATES,
  REPORTS,
].flatMap((rows) => Object.values<RouteRow>(rows));
