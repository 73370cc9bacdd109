import { Role } from '@boardwalk/contracts';

/** What can be done at a station, each a permission that roles have or have not. */
export const PERMISSIONS = [
  'look', // slots, jobs, runs, boards, images, recipes, work orders, events
  'report',
  'scan',
  'post-jobs',
  'steer-jobs', // cancel, hold, release
  'use-slots', // identify, recover; on a virtual bench the boards in the sockets
  'set-slots', // enable, disable
  'upload-images',
  'read-firmware', // the bytes of an image or a dump
  'write-recipes',
  'release-recipes',
  'order-work',
  'decide', // about boards and lots that are held; which boards are golden or known bad
  'keep-serials',
  'repair-boards', // that a board was repaired
  'read-audit',
  'manage-accounts',
  'administer',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Role → what it may do. */
export const ROLE_MAY: Readonly<Record<Role, readonly Permission[]>> = {
  operator: ['look', 'scan', 'use-slots'],
  engineer: [
    ...(['look', 'report', 'scan', 'post-jobs', 'steer-jobs', 'use-slots', 'set-slots'] as const),
    ...(['upload-images', 'write-recipes', 'order-work', 'keep-serials', 'repair-boards'] as const),
    'read-firmware',
  ],
  quality: [
    ...(['look', 'report', 'steer-jobs', 'set-slots', 'release-recipes', 'read-audit'] as const),
    ...(['decide', 'repair-boards', 'read-firmware'] as const),
  ],
  mes: ['look', 'report', 'post-jobs', 'steer-jobs', 'upload-images', 'order-work'],
  admin: PERMISSIONS,
};

/** The token of the station's start sets the station up: all but a signature. */
export const START_TOKEN_MAY: readonly Permission[] = PERMISSIONS.filter(
  (permission) => permission !== 'release-recipes',
);

/** Who may, for the sentence that refuses. */
export function rolesThatMay(permission: Permission): Role[] {
  return Role.options.filter((role) => ROLE_MAY[role].includes(permission));
}

/** Anyone who reaches the port: health, and the login itself. */
export const OPEN = 'open';
/** Every account, whatever its role. */
export const ANY_ROLE = 'any-role';

/** The permission that a route takes, or that it takes none. */
export type RouteRule = Permission | typeof OPEN | typeof ANY_ROLE;

/** What is refused while the storage is not ready: it would have to be stored. Stopping and looking always go. */
export const NEW_WORK: ReadonlySet<RouteRule> = new Set<RouteRule>([
  ...(['scan', 'post-jobs', 'upload-images', 'write-recipes'] as const),
  ...(['release-recipes', 'order-work', 'keep-serials', 'decide', 'repair-boards'] as const),
]);
