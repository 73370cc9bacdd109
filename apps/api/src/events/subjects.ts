import type { StationEvent, StationEventType } from '@boardwalk/contracts';

/** Changes that only the audit shows, and the part of their data that names what they are about. */
export interface ChangeData {
  'image.added': { readonly id: string };
  'image.changed': { readonly id: string };
  'recipe.added': { readonly name: string; readonly revision: number };
  'work-order.added': { readonly id: string };
  'serial-range.added': { readonly name: string };
  'decision.made': { readonly board: number | null; readonly lot: string | null };
  'session.opened': {
    readonly name: string;
    readonly role: string;
    readonly via: string;
    readonly expiresAt: string;
  };
  'session.closed': { readonly name: string };
  'station.opened': { readonly station: string };
  'retention.applied': object;
  'shifts.changed': object;
}
export type ChangeType = keyof ChangeData;

/** Data of an event as the log shows it, or of a change. */
export type DataOf<Type extends StationEventType | ChangeType> = Type extends StationEventType
  ? Extract<StationEvent, { type: Type }>['data']
  : Type extends ChangeType
    ? ChangeData[Type]
    : never;

type Subjects = { readonly [Type in StationEventType | ChangeType]: (data: DataOf<Type>) => string };

const slot = (data: { readonly slot: string }): string => `probe/${data.slot}`;
const job = ({ id }: { readonly id: string }): string => `job/${id}`;
const run = ({ id }: { readonly id: string }): string => `run/${id}`;
const order = ({ id }: { readonly id: string }): string => `work-order/${id}`;
const session = ({ name }: { readonly name: string }): string => `session/${name}`;
const station = (data: { readonly station: string }): string => `station/${data.station}`;
const recipe = ({ name, revision }: { readonly name: string; readonly revision: number }): string =>
  `recipe/${name}/${revision}`;

/**
 * What each event and change is about. The compiler names a type that is missing. Rows of one subject are values of one
 * thing, the older one before the newer; events that say only a part of a thing have a subject of their own.
 */
const SUBJECTS: Subjects = {
  'slot.changed': ({ name }) => `slot/${name}`,
  'probe.connected': slot,
  'probe.lost': slot,
  'probe.quarantined': slot,
  'probe.recovered': slot,
  'job.created': job,
  'job.changed': job,
  'job.completed': job,
  'run.started': run,
  'run.step': ({ runId, step }) => `run/${runId}/steps/${step.index}`,
  'run.completed': run,
  'identity.finding': (data) =>
    data.runId === null ? `slot/${data.slot}/finding` : `run/${data.runId}/finding`,
  'station.changed': station,
  'station.clock': () => 'station/clock',
  'station.named': () => 'station/id',
  'work-order.changed': order,
  'recipe.changed': recipe,
  'serial.changed': ({ value }) => `serial/${value}`,
  'scan.changed': ({ account }) => `scan/${account}`,
  'slot.checked': (data) => `slot/${data.slot}/opening`,
  'board.changed': ({ number }) => `board/${number}`,
  'image.added': ({ id }) => `image/${id}`,
  'image.changed': ({ id }) => `image/${id}`,
  'recipe.added': recipe,
  'work-order.added': order,
  'decision.made': ({ board, lot }) => (board === null ? `lot/${lot}/decision` : `board/${board}/decision`),
  'serial-range.added': ({ name }) => `serial-range/${name}`,
  'session.opened': session,
  'session.closed': session,
  'station.opened': station,
  'retention.applied': () => 'retention',
  'shifts.changed': () => 'station/shifts',
};

/** What an event or a change is about, such as `job/job_01J…`. */
export function subjectOf<Type extends StationEventType | ChangeType>(
  type: Type,
  data: DataOf<Type>,
): string {
  return (SUBJECTS[type] as (data: unknown) => string)(data);
}
