'use client';
import { useState } from 'react';
import { keepToken } from '../src/token.ts';

/** Asks for the token when the page was opened without the link that the station prints. */
export function TokenForm({ refused, onToken }: { refused: boolean; onToken: (token: string) => void }) {
  const [text, setText] = useState('');
  return (
    <main className="mx-auto mt-24 max-w-lg rounded-xl bg-white p-8 shadow dark:bg-slate-900">
      <h1 className="text-2xl font-bold">Boardwalk</h1>
      <p className="mt-2">
        {refused ? 'The station does not know this token. ' : ''}Open the link that the station printed, or
        paste its token.
      </p>
      <form
        className="mt-4 flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          keepToken(text.trim());
          onToken(text.trim());
        }}
      >
        <input
          aria-label="token"
          className="flex-1 rounded border border-slate-400 px-3 py-2"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button className="rounded bg-sky-700 px-4 py-2 font-semibold text-white" type="submit">
          Open
        </button>
      </form>
    </main>
  );
}
