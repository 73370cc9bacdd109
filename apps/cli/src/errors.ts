/** Exit codes of the contract: what a script can tell apart. */
export const EXIT = {
  pass: 0,
  boardFailed: 1,
  stationFailed: 2,
  wrongUsage: 3,
  refusedByPolicy: 4,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A refusal in one sentence, with the exit code it ends in and what the person can do next. */
export class CommandError extends Error {
  constructor(
    readonly exitCode: ExitCode,
    readonly code: string,
    message: string,
    readonly remedy: string | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'CommandError';
  }
}
