'use client';
import { useRef } from 'react';
import { splitCodes } from '../../src/split-codes.ts';
import { message } from '../../src/words/message.ts';
import type { Worded } from '../../src/words/worded.ts';

/** For codes that a person types or pastes. A scanner needs no field. */
export function CodeField({ worded, scan }: { worded: Worded; scan: (code: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <form
      className="flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const codes = splitCodes(field.current!.value);
        field.current!.value = '';
        codes.forEach(scan);
      }}
    >
      <input
        ref={field}
        aria-label={worded(message('codeField'))}
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        onPaste={(event) => {
          const codes = splitCodes(event.clipboardData.getData('text'));
          if (codes.length < 2) return;
          event.preventDefault();
          codes.forEach(scan);
        }}
        placeholder={worded(message('codeHint'))}
        className="min-h-11 w-52 rounded border-2 border-slate-500 bg-white px-2 py-1 font-mono text-slate-900 placeholder:text-slate-600"
      />
    </form>
  );
}
