import type { StationStatus } from '@boardwalk/contracts';

/** What nobody at the station may overlook, on every page. */
export function Banner({ bench, status }: { bench: string | null; status: StationStatus | null }) {
  return (
    <aside aria-label="station" className="sticky top-0 z-50">
      {bench === 'virtual' && (
        <p role="note" className="bg-amber-300 px-6 py-1 text-center text-base font-bold text-black">
          ⚠ VIRTUAL BENCH: simulated probes and boards. Nothing here is hardware.
        </p>
      )}
      {status && !status.ready && (
        <p role="alert" className="bg-red-700 px-6 py-2 text-center text-lg font-bold text-white">
          ✕ NO NEW WORK: {status.problems.join(' ')}
        </p>
      )}
      {status && status.notes.length > 0 && (
        <p role="status" className="bg-sky-800 px-6 py-1 text-center text-white">
          ℹ {status.notes.join(' ')}
        </p>
      )}
    </aside>
  );
}
