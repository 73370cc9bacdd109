import { exitCodeOf, refusalOf, type ExitCode, type RefusalCode } from '@boardwalk/contracts';

/** A failure for a person: one sentence, what to do, and the exit code. */
export interface Explained {
  readonly exitCode: ExitCode;
  readonly code: RefusalCode;
  readonly message: string;
  readonly remedy: string | null;
}

/** Any error as an exit code and a sentence; nobody sees a stack. */
export function explain(cause: unknown): Explained {
  const { code, message, remedy } = refusalOf(cause) ?? unexpected(cause);
  return { exitCode: exitCodeOf(cause), code, message, remedy };
}

function unexpected(cause: unknown): Omit<Explained, 'exitCode'> {
  const message = cause instanceof Error ? cause.message : String(cause);
  return { code: 'cli.internal', message, remedy: null };
}
