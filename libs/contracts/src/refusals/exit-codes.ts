/** Exit codes of the command line: what a script can tell apart. */
export const EXIT = {
  pass: 0,
  boardFailed: 1,
  stationFailed: 2,
  wrongUsage: 3,
  refusedByPolicy: 4,
  interrupted: 130,
} as const;
export type ExitName = keyof typeof EXIT;
export type ExitCode = (typeof EXIT)[ExitName];
