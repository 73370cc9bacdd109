'use client';
import type { Slot } from '@boardwalk/contracts';
import { useEffect, useRef } from 'react';
import { runRemedy } from '../../src/run-remedy.ts';
import type { Place } from '../../src/strip/bench-sight.ts';
import { TILE_LOOKS } from '../../src/tiles/looks.ts';
import { message } from '../../src/words/message.ts';
import type { Worded } from '../../src/words/worded.ts';
import { SlotActions } from './slot-actions.tsx';

/** Everything that is known of a slot, at the side of the bench, for who stands in front of the screen. */
export function SlotSheet({
  place: { slot, tile },
  role,
  worded,
  close,
}: {
  place: Place;
  role: string;
  worded: Worded;
  close: () => void;
}) {
  const { run, board, probe } = slot;
  const { until } = TILE_LOOKS[tile.state];
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      lang="en"
      onClose={close}
      aria-labelledby="slot-sheet"
      className="ml-auto h-dvh max-h-none w-full max-w-lg overflow-y-auto bg-white p-6 text-lg text-slate-900 dark:bg-slate-900 dark:text-slate-100"
    >
      <div className="flex items-center justify-between">
        <h2 id="slot-sheet" className="text-4xl font-bold">
          Slot {slot.name}
        </h2>
        <button
          type="button"
          onClick={() => dialog.current?.close()}
          className="min-h-11 rounded border-2 border-slate-600 px-4 font-semibold dark:border-slate-400"
        >
          Close
        </button>
      </div>
      <div className="mt-4 flex flex-col gap-3">
        <p className="text-xl font-semibold">
          {tile.word && worded(tile.word)} {until && worded(message(until))}
        </p>
        {run && (
          <p className="text-xl font-semibold">
            {run.recipe.name} r{run.recipe.revision}:{' '}
            {run.outcome ?? `step ${run.stepIndex + 1} of ${run.stepCount}, ${run.step}`}
          </p>
        )}
        {run?.outcome && run.outcome !== 'PASS' && (
          <p>
            {run.reason}: {run.detail} {runRemedy(run, role)}
          </p>
        )}
        {slot.opening && (
          <p className="font-semibold">
            {slot.opening.detail} {slot.opening.remedy}
          </p>
        )}
        {slot.waiting && slot.waiting.reason !== 'slot-not-open' && (
          <p className="font-semibold">Waiting: {slot.waiting.detail}</p>
        )}
        {slot.reserved && <p className="font-semibold">Kept for {slot.reserved.serial}: place it here.</p>}
        {slot.last && <p>{lastWords(slot.last)}</p>}
        {slot.note && <p className="font-semibold">{slot.note}</p>}
        {board && <BoardFacts board={board} />}
        <p>
          {probe
            ? `${probe.model} ${probe.firmware ?? ''} · ${probe.serial ?? 'no serial'}${probe.targetVoltage === null ? '' : ` · ${probe.targetVoltage.toFixed(2)} V`}`
            : 'no probe'}
          {' · '}port {slot.port}
        </p>
      </div>
      <SlotActions slot={slot} />
    </dialog>
  );
}

function BoardFacts({ board }: { board: NonNullable<Slot['board']> }) {
  return (
    <p className={board.verdict === 'differs' ? 'rounded bg-amber-200 px-2 py-1 text-black' : ''}>
      <b>{board.verdict ? verdictWords(board) : 'Board found'}</b>
      <br />
      <code className="font-mono text-base">
        {board.deviceId ?? 'no device id'} · DPIDR {board.dpidr ?? '-'} · {board.flashSizeKib ?? '-'} KiB
        <br />
        UID {board.uid ?? '-'}
        {board.serial ? ` · ${board.serial}` : ''}
      </code>
    </p>
  );
}

/** `last: PASS SN-0042 14:02`. */
function lastWords({ outcome, serial, at }: NonNullable<Slot['last']>): string {
  const time = new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return ['last:', outcome, ...(serial ? [serial] : []), time].join(' ');
}

function verdictWords({ verdict, resembles, difference }: NonNullable<Slot['board']>): string {
  if (verdict === 'consistent') return 'Consistent with a genuine ST part';
  if (verdict === 'differs' && difference === 'part') return 'Differs: ST, not the part ordered';
  if (verdict === 'differs')
    return `Differs: ${resembles ? `resembles ${resembles}` : 'family not identified'}`;
  return 'Not enough evidence about this chip';
}
