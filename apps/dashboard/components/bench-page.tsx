'use client';
import { useSession } from '../src/session.ts';
import { useBench, type Connection } from '../src/use-bench.ts';
import { ScanPanel } from './scan-panel.tsx';
import { SlotCard } from './slot-card.tsx';

const CONNECTION: Readonly<Record<Connection, string>> = {
  connecting: '○ connecting',
  live: '● live',
  reconnecting: '◌ reconnecting …',
};

export function BenchPage() {
  const session = useSession();
  const { state, connection } = useBench(session);
  const { slots, jobs } = state;
  return (
    <>
      {session.may('scan') && <ScanPanel changed={state.lastScanEvent} />}
      <div className="flex flex-wrap items-center gap-3 px-6 pt-4 text-lg">
        <span
          role="status"
          className={
            connection === 'live'
              ? 'text-emerald-800 dark:text-emerald-400'
              : 'font-bold text-amber-800 dark:text-amber-300'
          }
        >
          {CONNECTION[connection]}
        </span>
        <ul className="flex flex-wrap gap-3" aria-label="open jobs">
          {jobs.map(({ id, recipe, counts, state: jobState }) => (
            <li key={id} className="rounded-lg bg-white px-3 py-1 shadow-sm dark:bg-slate-900">
              <b>{recipe.name}</b> r{recipe.revision} · {jobState} · {counts.passed} passed,{' '}
              {counts.failed + counts.error + counts.timeout} not, {counts.running} running of{' '}
              {counts.requested}
            </li>
          ))}
          {jobs.length === 0 && <li className="text-slate-700 dark:text-slate-300">No open jobs.</li>}
        </ul>
      </div>
      <main
        className={`grid grid-cols-[repeat(auto-fill,minmax(22rem,1fr))] gap-4 px-6 py-4 ${connection === 'live' ? '' : 'grayscale'}`}
      >
        {slots.map((slot) => (
          <SlotCard key={slot.name} slot={slot} role={session.me.role} />
        ))}
        {slots.length === 0 && <p className="text-xl">No slot yet: plug an ST-LINK into this station.</p>}
      </main>
    </>
  );
}
