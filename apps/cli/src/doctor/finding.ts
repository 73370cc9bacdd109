/** What a check of this host found: one line, and what to type where something is to be done. */
export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly says: string;
  /** A command, or null where nothing is to be done. */
  readonly fix: string | null;
}

export const ok = (check: string, says: string): Finding => ({ check, state: 'ok', says, fix: null });
export const warn = (check: string, says: string, fix: string): Finding => ({
  check,
  state: 'warn',
  says,
  fix,
});
export const fail = (check: string, says: string, fix: string): Finding => ({
  check,
  state: 'fail',
  says,
  fix,
});

/** A path as a POSIX shell takes it, whatever is in it. */
export function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}
