import { readEnvironment } from './environment.ts';

/** The plant's zone: that of the environment, or else of this host. */
export function plantZone(): string {
  const { BOARDWALK_TIME_ZONE } = readEnvironment(process.env);
  return BOARDWALK_TIME_ZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
