import { Prisma, type Job, type JobUnit } from '../../persistence/gen/client.ts';
import { plainRow } from '../../persistence/plain-row.ts';

export type UnitWithJob = JobUnit & { job: Job };

/** A unit with everything that its run says of where it comes from. */
export interface UnitToRun {
  readonly unit: UnitWithJob;
  /** The id that the job's image has now; a job of an earlier version names it by the id that it had then. */
  readonly image: string;
  /** Where its chips come from: the unit's lot before that of its order. */
  readonly chips: { readonly lot: string | null; readonly supplier: string | null };
}

const OF_JOB = 'job.';
const columns = (table: string, names: readonly string[], prefix = ''): string =>
  names.map((name) => `${table}."${name}" AS "${prefix}${name}"`).join(', ');
const UNIT_COLUMNS = Prisma.raw(columns('u', Object.keys(Prisma.JobUnitScalarFieldEnum)));
const JOB_COLUMNS = Prisma.raw(columns('j', Object.keys(Prisma.JobScalarFieldEnum), OF_JOB));

/** The columns of a unit `u`, its job `j` and its order `w`, if any: a whole {@link UnitToRun} in one statement. */
export const UNIT_TO_RUN = Prisma.sql`${UNIT_COLUMNS}, ${JOB_COLUMNS}, w."lot" AS "orderLot", w."supplier" AS "supplier",
      (SELECT a."image" FROM "ImageAlias" a WHERE a."id" = j."image") AS "presentImage"`;

/** A row of these columns. */
export type UnitRow = JobUnit & Readonly<Record<'presentImage' | 'orderLot' | 'supplier', string | null>>;

/** The unit of the first row; null without one. */
export function unitToRun([row]: readonly UnitRow[]): UnitToRun | null {
  if (!row) return null;
  const { presentImage, orderLot, supplier, ...cells } = row;
  const isOfJob = ([name]: [string, unknown]): boolean => name.startsWith(OF_JOB);
  const entries = Object.entries(cells);
  const job = entries.filter(isOfJob).map(([name, value]) => [name.slice(OF_JOB.length), value] as const);
  const unit = entries.filter((entry) => !isOfJob(entry));
  const whole = {
    ...plainRow<JobUnit>(Object.fromEntries(unit)),
    job: plainRow<Job>(Object.fromEntries(job)),
  };
  return {
    unit: whole,
    image: presentImage ?? whole.job.image,
    chips: { lot: whole.lot ?? orderLot, supplier },
  };
}
