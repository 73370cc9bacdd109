'use client';
import type { OpenSession } from '@boardwalk/contracts';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { sentenceOf } from '../src/station-api.ts';
import { useScanner } from '../src/use-scanner.ts';

const FIELD =
  'w-full rounded border-2 border-slate-500 bg-white px-3 py-3 text-xl text-slate-900 dark:bg-slate-950 dark:text-slate-100';
const BUTTON = 'rounded bg-sky-700 px-6 py-3 text-xl font-semibold text-white disabled:bg-slate-600';

/** Who works here: a badge scan, a name and a password, or the start token. `said` is why the last session ended. */
export function Login({
  said,
  onLogin,
  onToken,
}: {
  said: string | null;
  onLogin: (login: OpenSession) => Promise<void>;
  onToken: (token: string) => Promise<void>;
}) {
  const badge = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState(said);
  useScanner(badge);
  const send =
    (open: (fields: Record<string, string>) => Promise<void>) => (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      const form = event.currentTarget;
      const fields = Object.fromEntries(new FormData(form)) as Record<string, string>;
      form.reset();
      if (busy) return;
      setBusy(true);
      open(fields)
        .catch((failure: unknown) => setRefused(sentenceOf(failure)))
        .finally(() => setBusy(false));
    };
  return (
    <main className="mx-auto my-10 w-full max-w-2xl rounded-xl bg-white p-8 shadow dark:bg-slate-900">
      <h1 className="text-4xl font-bold">Boardwalk</h1>
      {refused && (
        <p role="alert" className="mt-4 rounded bg-red-700 px-4 py-3 text-xl font-semibold text-white">
          ✕ {refused}
        </p>
      )}
      <form className="mt-6" onSubmit={send(({ badge: code = '' }) => onLogin({ badge: code }))}>
        <Labelled name="Scan your badge">
          <input
            ref={badge}
            name="badge"
            type="password"
            autoComplete="off"
            autoFocus
            required
            className={`${FIELD} py-5`}
          />
        </Labelled>
      </form>
      <form
        className="mt-8 flex flex-wrap items-end gap-4 border-t border-slate-300 pt-6 dark:border-slate-700"
        onSubmit={send(({ name = '', password = '' }) => onLogin({ name: name.trim(), password }))}
      >
        <Labelled name="Name">
          <input name="name" autoComplete="username" required maxLength={64} className={FIELD} />
        </Labelled>
        <Labelled name="Password">
          <input name="password" type="password" autoComplete="current-password" required className={FIELD} />
        </Labelled>
        <button className={BUTTON} type="submit" disabled={busy}>
          Log in
        </button>
      </form>
      <form
        className="mt-8 flex flex-wrap items-end gap-4 border-t border-slate-300 pt-6 dark:border-slate-700"
        onSubmit={send(({ token = '' }) => onToken(token.trim()))}
      >
        <Labelled name="Token" hint="from the link that the station printed, or of an account">
          <input name="token" type="password" autoComplete="off" required className={FIELD} />
        </Labelled>
        <button className={BUTTON} type="submit" disabled={busy}>
          Open
        </button>
      </form>
    </main>
  );
}

function Labelled({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <label className="flex min-w-48 flex-1 flex-col gap-1 text-lg font-semibold">
      {name}
      {hint && <span className="text-base font-normal text-slate-700 dark:text-slate-300">{hint}</span>}
      {children}
    </label>
  );
}
