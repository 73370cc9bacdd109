import { refusalCodeOf, remedyFor } from '@boardwalk/contracts';

interface EndedRun {
  readonly reason: string | null;
  readonly remedy: string | null;
}

/** The next step after a run, as somebody of this role can do it; empty where nothing is to be done. */
export function runRemedy({ reason, remedy }: EndedRun, role: string): string {
  const code = refusalCodeOf(reason);
  return (code === null ? remedy : remedyFor({ code, remedy: remedy ?? '' }, role)) ?? '';
}
