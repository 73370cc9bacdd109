'use client';
import type { ReactNode } from 'react';
import { choiceOf } from '../../src/strip/choice-of.ts';
import { stripOf } from '../../src/strip/strip-of.ts';
import type { BenchSight } from '../../src/strip/bench-sight.ts';
import { useScansHere } from '../../src/scan/scans-context.ts';
import { message } from '../../src/words/message.ts';
import type { Worded } from '../../src/words/worded.ts';
import { COLOURS } from './colours.ts';
import { Fitted } from './fitted.tsx';

/** The one thing that the bench wants next; below it what was chosen, and the answer to the last code. */
export function Strip({ bench, worded, figures }: { bench: BenchSight; worded: Worded; figures: ReactNode }) {
  const says = stripOf(bench);
  const scans = useScansHere();
  const shown = scans?.shown ?? null;
  return (
    <section
      aria-label="strip"
      data-step={says?.step}
      className={`strip mx-4 mt-1 rounded-lg px-4 py-2 ${COLOURS[says?.colour ?? 'white']}`}
    >
      <div className="strip-top">
        <div className="strip-says" role="status" aria-live="polite">
          <Fitted
            className="strip-headline leading-none font-bold break-words"
            text={says ? worded(says.headline) : ''}
          />
          <Fitted
            className="strip-detail leading-tight font-medium"
            text={says?.detail ? worded(says.detail) : ''}
          />
        </div>
        {figures}
      </div>
      <div className="strip-facts gap-x-6 text-lg leading-6">
        <p className="min-h-6 truncate" data-testid="scan-choice">
          {bench.scans && choiceOf(bench.scans).map(worded).join(' · ')}
        </p>
        <p className="min-h-6 truncate font-semibold" data-testid="scan" data-waiting={scans?.waiting}>
          {shown && (
            <>
              <span aria-hidden="true">{shown.look.shape}</span> {worded(message(shown.look.word))}{' '}
              {shown.name}
              {/* The strip itself says why a code is wrong. */}
              {shown.wrong === null && <span className="font-normal"> {worded(shown.message)}</span>}
            </>
          )}
        </p>
      </div>
    </section>
  );
}
