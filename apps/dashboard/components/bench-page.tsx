'use client';
import { useEffect, useState } from 'react';
import { takeToken } from '../src/token.ts';
import { useBench, type Connection } from '../src/use-bench.ts';
import { SlotCard } from './slot-card.tsx';
import { TokenForm } from './token-form.tsx';

const CONNECTION: Readonly<Record<Connection, string>> = {
  connecting: '○ connecting',
  live: '● live',
  reconnecting: '◌ reconnecting …',
  refused: '✕ not allowed',
};

export function BenchPage() {
  const [token, setToken] = useState<string | null>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    setToken(takeToken());
    setReady(true);
  }, []);
  const { state, connection } = useBench(token);
  if (!ready) return null;
  if (!token || connection === 'refused')
    return <TokenForm refused={connection === 'refused'} onToken={setToken} />;
  const { station, slots, jobs } = state;
  return (
    <>
      {station?.bench === 'virtual' && (
        <p
          role="note"
          className="sticky top-0 z-10 bg-amber-300 px-6 py-2 text-center text-lg font-bold text-black"
        >
          ⚠ VIRTUAL BENCH: simulated probes and boards. Nothing here is hardware.
        </p>
      )}
      {station && !station.ready && (
        <p role="alert" className="bg-red-700 px-6 py-2 text-center text-lg font-bold text-white">
          ✕ NO NEW WORK: {station.problems.join(' ')}
        </p>
      )}
      <header className="flex flex-wrap items-baseline gap-x-6 gap-y-1 px-6 pt-5">
        <h1 className="text-2xl font-bold">Boardwalk</h1>
        <span className="text-slate-600 dark:text-slate-400">{station?.station ?? ''}</span>
        <span
          role="status"
          className={
            connection === 'live'
              ? 'text-emerald-700 dark:text-emerald-400'
              : 'text-amber-700 dark:text-amber-300'
          }
        >
          {CONNECTION[connection]}
        </span>
      </header>
      <ul className="flex flex-wrap gap-3 px-6 py-3" aria-label="open jobs">
        {jobs.map(({ id, recipe, counts, state: jobState }) => (
          <li key={id} className="rounded-lg bg-white px-3 py-1 text-sm shadow-sm dark:bg-slate-900">
            <b>{recipe.name}</b> r{recipe.revision} · {jobState} · {counts.passed} passed,{' '}
            {counts.failed + counts.error + counts.timeout} not, {counts.running} running of{' '}
            {counts.requested}
          </li>
        ))}
        {jobs.length === 0 && <li className="text-sm text-slate-600 dark:text-slate-400">No open jobs.</li>}
      </ul>
      <main
        className={`grid grid-cols-[repeat(auto-fill,minmax(20rem,1fr))] gap-4 px-6 pb-8 ${connection === 'live' ? '' : 'opacity-60'}`}
      >
        {slots.map((slot) => (
          <SlotCard key={slot.name} slot={slot} />
        ))}
        {slots.length === 0 && <p>No slot yet: plug an ST-LINK into this station.</p>}
      </main>
    </>
  );
}
