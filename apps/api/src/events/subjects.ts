/** Where the name of what an event is about stands in its data, the first that is there. */
const KEYS = ['id', 'runId', 'name', 'slot', 'station', 'serial'] as const;

/** Events that say only a part of their subject are subjects of their own, so that old and new values compare. */
const PARTS: Readonly<Record<string, (data: Record<string, unknown>) => string>> = {
  'run.step': ({ runId, step }) => `run/${String(runId)}/steps/${(step as { index: number }).index}`,
  'identity.finding': ({ runId, slot }) =>
    typeof runId === 'string' ? `run/${runId}/finding` : `slot/${String(slot)}/finding`,
  'scan.changed': ({ account }) => `scan/${String(account)}`,
};

/** What an event is about, such as `job/job_01J…`: the part of its type before the dot, and the name in its data. */
export function subjectOf(type: string, data: unknown): string {
  const value = (data ?? {}) as Record<string, unknown>;
  const part = PARTS[type];
  if (part) return part(value);
  const kind = type.split('.')[0]!;
  for (const key of KEYS) {
    const name = value[key];
    if (typeof name === 'string' || typeof name === 'number') return `${kind}/${name}`;
  }
  return kind;
}
