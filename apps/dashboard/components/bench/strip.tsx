'use client';
import { choiceOf } from '../../src/strip/choice-of.ts';
import { stripOf } from '../../src/strip/strip-of.ts';
import type { BenchSight } from '../../src/strip/bench-sight.ts';
import { useScansHere } from '../../src/scan/scans-context.ts';
import { message } from '../../src/words/message.ts';
import type { Worded } from '../../src/words/worded.ts';
import { CodeField } from './code-field.tsx';
import { COLOURS } from './colours.ts';

/** The one thing that the bench wants next; below it what was chosen, and the answer to the last code. */
export function Strip({ bench, worded }: { bench: BenchSight; worded: Worded }) {
  const says = stripOf(bench);
  const scans = useScansHere();
  const shown = scans?.shown ?? null;
  return (
    <section
      aria-label="strip"
      data-step={says?.step}
      className={`strip mx-4 mt-2 rounded-lg px-4 py-2 ${COLOURS[says?.colour ?? 'white']}`}
    >
      <div role="status" aria-live="polite">
        <p className="text-[length:clamp(20px,3.6cqw,54px)] leading-none font-bold break-words">
          {says && worded(says.headline)}
        </p>
        <p className="text-[length:clamp(15px,1.6cqw,24px)] leading-tight">
          {says?.detail && worded(says.detail)}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-x-6 text-lg">
        {bench.scans && <p data-testid="scan-choice">{choiceOf(bench.scans).map(worded).join(' · ')}</p>}
        {scans && (
          <p className="font-semibold" data-testid="scan" data-waiting={scans.waiting}>
            {shown && (
              <>
                <span aria-hidden="true">{shown.look.shape}</span> {worded(message(shown.look.word))}{' '}
                {shown.name}
              </>
            )}
          </p>
        )}
        {scans && <CodeField worded={worded} scan={scans.scan} />}
      </div>
    </section>
  );
}
