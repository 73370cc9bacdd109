'use client';
import { useRef } from 'react';
import { useSession } from '../src/session.ts';
import { splitCodes } from '../src/split-codes.ts';
import { useScanner } from '../src/use-scanner.ts';
import { useScans } from '../src/use-scans.ts';
import { ScanChoice } from './scan-choice.tsx';

/** The field that a scanner types into, and what the last code meant, to be read from two metres. */
export function ScanPanel({ changed }: { changed: number }) {
  const field = useRef<HTMLInputElement>(null);
  const { shown, waiting, scan } = useScans(useSession());
  useScanner(field);
  return (
    <section
      aria-label="scan"
      className="mx-6 mt-4 overflow-hidden rounded-xl bg-white shadow dark:bg-slate-900"
    >
      <form
        className="flex flex-wrap items-center gap-4 px-4 py-3"
        onSubmit={(event) => {
          event.preventDefault();
          const codes = splitCodes(field.current!.value);
          field.current!.value = '';
          for (const code of codes) scan(code);
        }}
      >
        <label htmlFor="scan" className="text-2xl font-bold">
          Scan
        </label>
        <input
          ref={field}
          id="scan"
          autoFocus
          autoComplete="off"
          spellCheck={false}
          maxLength={500}
          onPaste={(event) => {
            const [first, ...more] = splitCodes(event.clipboardData.getData('text'));
            if (first === undefined || more.length === 0) return;
            event.preventDefault();
            for (const code of [first, ...more]) scan(code);
          }}
          placeholder="work order, recipe, slot, board or badge"
          className="min-w-0 flex-1 rounded border-2 border-slate-500 bg-white px-4 py-3 font-mono text-2xl text-slate-900 placeholder:text-slate-600 focus:outline-4 focus:outline-sky-600 dark:bg-slate-950 dark:text-slate-100 dark:placeholder:text-slate-400"
        />
      </form>
      <ScanChoice changed={changed} />
      <div role="status" aria-live="assertive" data-testid="scan" data-waiting={waiting}>
        {shown && (
          <div className={`flex items-center gap-6 px-6 py-4 ${shown.look.className}`}>
            <span aria-hidden="true" className="text-[72px] leading-none">
              {shown.look.shape}
            </span>
            <div>
              <p className="text-5xl font-bold break-all">
                {shown.look.word} {shown.name}
              </p>
              <p className="mt-1 text-2xl">{shown.message}</p>
            </div>
          </div>
        )}
      </div>
    </section>
  );
}
