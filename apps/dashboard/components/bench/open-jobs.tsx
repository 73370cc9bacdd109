import type { Job } from '@boardwalk/contracts';

/** The jobs that have not ended, in one line that never moves the tiles. */
export function OpenJobs({ jobs }: { jobs: readonly Job[] }) {
  return (
    <ul
      className="flex h-11 min-w-40 flex-1 items-center gap-3 overflow-x-auto whitespace-nowrap"
      aria-label="open jobs"
    >
      {jobs.map(({ id, recipe, counts, state }) => (
        <li key={id} className="rounded-lg bg-white px-3 py-1 shadow-sm dark:bg-slate-900">
          <b>{recipe.name}</b> r{recipe.revision} · {state} · {counts.passed} passed,{' '}
          {counts.failed + counts.error + counts.timeout} not, {counts.running} running of {counts.requested}
        </li>
      ))}
      {jobs.length === 0 && <li className="text-slate-700 dark:text-slate-300">No open jobs.</li>}
    </ul>
  );
}
