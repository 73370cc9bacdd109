import type { Job } from '@boardwalk/contracts';
import { message } from '../../src/words/message.ts';
import type { Worded } from '../../src/words/worded.ts';

/** The jobs that have not ended, in one line that never moves the tiles. */
export function OpenJobs({ jobs, worded }: { jobs: readonly Job[]; worded: Worded }) {
  if (jobs.length === 0) return null;
  return (
    <ul
      className="flex h-11 max-w-[35%] items-center gap-3 overflow-x-auto whitespace-nowrap"
      aria-label={worded(message('openJobs'))}
    >
      {jobs.map(({ id, recipe, counts, state }) => (
        <li key={id} className="rounded-lg bg-white px-3 py-1 shadow-sm dark:bg-slate-900">
          <b>{recipe.name}</b> r{recipe.revision} · {state} · {counts.passed} passed,{' '}
          {counts.failed + counts.error + counts.timeout} not, {counts.running} running of {counts.requested}
        </li>
      ))}
    </ul>
  );
}
