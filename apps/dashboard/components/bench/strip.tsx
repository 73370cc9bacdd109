'use client';
import { choiceOf } from '../../src/strip/choice-of.ts';
import { stripOf } from '../../src/strip/strip-of.ts';
import type { BenchSight } from '../../src/strip/bench-sight.ts';
import { useScansHere } from '../../src/scan/scans-context.ts';
import { message } from '../../src/words/message.ts';
import type { Worded } from '../../src/words/worded.ts';
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
        <p className="min-h-[1em] text-[length:clamp(20px,3.6cqw,54px)] leading-none font-bold break-words">
          {says && worded(says.headline)}
        </p>
        <p className="min-h-[1.25em] text-[length:clamp(15px,1.6cqw,24px)] leading-tight">
          {says?.detail && worded(says.detail)}
        </p>
      </div>
      <p className="min-h-5 truncate leading-5" data-testid="scan-choice">
        {bench.scans && choiceOf(bench.scans).map(worded).join(' · ')}
      </p>
      <p
        className="min-h-5 truncate leading-5 font-semibold"
        data-testid="scan"
        data-waiting={scans?.waiting}
      >
        {shown && (
          <>
            <span aria-hidden="true">{shown.look.shape}</span> {worded(message(shown.look.word))} {shown.name}
            {/* The strip itself says why a code is wrong. */}
            {shown.wrong === null && <span className="font-normal"> {worded(shown.message)}</span>}
          </>
        )}
      </p>
    </section>
  );
}
