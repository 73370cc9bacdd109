import type { Slot } from '@boardwalk/contracts';
import { runRemedy } from '../src/run-remedy.ts';

interface Look {
  readonly mark: string;
  readonly word: string;
  readonly className: string;
}

/** Colour, sign and word together: never colour alone. */
const OUTCOMES: Readonly<Record<string, Look>> = {
  PASS: { mark: '✔', word: 'PASS', className: 'bg-emerald-700 text-white' },
  FAIL: { mark: '✘', word: 'FAIL', className: 'bg-red-700 text-white' },
  ERROR: { mark: '▲', word: 'STATION ERROR', className: 'bg-amber-300 text-black' },
  TIMEOUT: { mark: '⏱', word: 'TIMEOUT', className: 'bg-amber-300 text-black' },
  ABORTED: { mark: '■', word: 'ABORTED', className: 'bg-slate-700 text-white' },
};
const STATES: Readonly<Record<Slot['state'], Look>> = {
  'no-probe': {
    mark: '⌁',
    word: 'No probe',
    className: 'bg-slate-300 text-slate-900 dark:bg-slate-800 dark:text-slate-200',
  },
  empty: { mark: '○', word: 'Place a board', className: 'bg-sky-700 text-white' },
  'low-voltage': { mark: '⚡', word: 'Low voltage', className: 'bg-amber-300 text-black' },
  ready: {
    mark: '●',
    word: 'Ready',
    className: 'bg-white text-slate-900 dark:bg-slate-800 dark:text-slate-100',
  },
  running: {
    mark: '◐',
    word: 'Running',
    className: 'bg-white text-slate-900 dark:bg-slate-800 dark:text-slate-100',
  },
  done: { mark: '●', word: 'Done', className: 'bg-white text-slate-900' },
  disabled: { mark: '⏸', word: 'Disabled', className: 'bg-slate-400 text-slate-900' },
  'not-open': { mark: '◇', word: 'Not open', className: 'bg-amber-300 text-black' },
  quarantined: { mark: '▲', word: 'Probe set aside', className: 'bg-amber-300 text-black' },
};

export function SlotCard({ slot, role }: { slot: Slot; role: string }) {
  const { run, board, probe } = slot;
  const look =
    run?.outcome && slot.state !== 'not-open'
      ? (OUTCOMES[run.outcome] ?? STATES[slot.state])
      : STATES[slot.state];
  return (
    <article
      data-slot={slot.name}
      data-state={slot.state}
      className="flex flex-col overflow-hidden rounded-xl bg-white shadow dark:bg-slate-900"
    >
      <div className={`flex items-center gap-4 px-4 py-3 ${look.className}`}>
        <span className="text-[64px] leading-none font-bold tabular-nums">{slot.name}</span>
        <p className="text-4xl font-bold" aria-live="polite" data-testid="word">
          <span aria-hidden="true">{look.mark}</span> {look.word}
        </p>
      </div>
      {run && !run.outcome && (
        <Progress step={run.step} index={run.stepIndex} count={run.stepCount} fraction={run.fraction} />
      )}
      <div className="flex flex-1 flex-col gap-2 p-4 text-lg">
        {run?.outcome && run.outcome !== 'PASS' && (
          <p className="text-xl font-semibold">
            {run.reason}: {run.detail} {runRemedy(run, role)}
          </p>
        )}
        {slot.opening && (
          <p className="text-xl font-semibold" data-testid="opening">
            {slot.opening.detail} {slot.opening.remedy}
          </p>
        )}
        {slot.waiting && slot.waiting.reason !== 'slot-not-open' && (
          <p className="text-xl font-semibold">
            <span aria-hidden="true">⏸</span> Waiting: {slot.waiting.detail}
          </p>
        )}
        {slot.reserved && <p className="font-semibold">Kept for {slot.reserved.serial}: place it here.</p>}
        {slot.last && (
          <p className="text-slate-700 dark:text-slate-300">
            <span aria-hidden="true">{OUTCOMES[slot.last.outcome]?.mark}</span> {lastWords(slot.last)}
          </p>
        )}
        {slot.note && <p className="font-semibold text-amber-800 dark:text-amber-300">{slot.note}</p>}
        {board && (
          <p className={board.verdict === 'differs' ? 'rounded bg-amber-200 px-2 py-1 text-black' : ''}>
            <b>{board.verdict ? verdictWords(board) : 'Board found'}</b>
            <br />
            <code className="font-mono text-base">
              {board.deviceId ?? 'no device id'} · DPIDR {board.dpidr ?? '-'} · {board.flashSizeKib ?? '-'}{' '}
              KiB
              <br />
              UID {board.uid ?? '-'}
              {board.serial ? ` · ${board.serial}` : ''}
            </code>
          </p>
        )}
        <p className="mt-auto text-base text-slate-700 dark:text-slate-300">
          {probe
            ? `${probe.model} ${probe.firmware ?? ''} · ${probe.serial ?? 'no serial'}${probe.targetVoltage === null ? '' : ` · ${probe.targetVoltage.toFixed(2)} V`}`
            : 'no probe'}
          {' · '}port {slot.port}
        </p>
      </div>
    </article>
  );
}

/** `last: PASS SN-0042 14:02`. */
function lastWords({ outcome, serial, at }: NonNullable<Slot['last']>): string {
  const time = new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return ['last:', OUTCOMES[outcome]?.word ?? outcome, ...(serial ? [serial] : []), time].join(' ');
}

function verdictWords({ verdict, resembles, difference }: NonNullable<Slot['board']>): string {
  if (verdict === 'consistent') return 'Consistent with a genuine ST part';
  if (verdict === 'differs' && difference === 'part') return 'Differs: ST, not the part ordered';
  if (verdict === 'differs')
    return `Differs: ${resembles ? `resembles ${resembles}` : 'family not identified'}`;
  return 'Not enough evidence about this chip';
}

function Progress({
  step,
  index,
  count,
  fraction,
}: {
  step: string;
  index: number;
  count: number;
  fraction: number;
}) {
  const percent = Math.round(fraction * 100);
  return (
    <div className="px-4 pt-3">
      <div className="flex justify-between text-lg">
        <b>{step}</b>
        <span>
          step {index + 1} of {count}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={step}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="mt-1 h-3 rounded bg-slate-200 dark:bg-slate-700"
      >
        <div className="h-3 rounded bg-sky-700 transition-[width]" style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}
