import { join, resolve } from 'node:path';
import { readEnvironment } from './environment.ts';

/** Where the station's records lie, as the environment says. */
export interface DataFolder {
  readonly folder: string;
  readonly databaseFile: string;
  readonly images: string;
}

/** @throws CommandError for an environment that is not valid */
export function dataFolder(): DataFolder {
  const { BOARDWALK_DATA, BOARDWALK_DATABASE_URL } = readEnvironment(process.env);
  const folder = resolve(BOARDWALK_DATA);
  const named = BOARDWALK_DATABASE_URL?.startsWith('file:')
    ? BOARDWALK_DATABASE_URL.slice('file:'.length)
    : undefined;
  return { folder, databaseFile: named ?? join(folder, 'boardwalk.db'), images: join(folder, 'images') };
}
