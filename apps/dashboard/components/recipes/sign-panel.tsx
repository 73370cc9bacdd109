'use client';
import { AccountName, SignBody, type Recipe, type Signature } from '@boardwalk/contracts';
import { AlertDialog } from 'radix-ui';
import { useRef, useState } from 'react';
import { useSession } from '../../src/session.ts';
import type { Tagged } from '../../src/station-api.ts';
import { SchemaForm } from '../form/schema-form.tsx';

/** A name and a reason under a release or a retirement of what is shown; retiring is asked once more. */
export function SignPanel({
  shown,
  action,
  onDone,
  onCancel,
}: {
  shown: Tagged<Recipe>;
  action: Signature['action'];
  onDone: () => void;
  onCancel: () => void;
}) {
  const { api, me } = useSession();
  const { name, revision } = shown.body;
  // The start token is nobody's name: whoever holds it writes the name of the person.
  const start = AccountName.safeParse(me.account).success ? { by: me.account } : {};
  const [asking, setAsking] = useState(false);
  const answer = useRef<(yes: boolean) => void>(() => undefined);
  const ask = (): Promise<boolean> =>
    new Promise((resolve) => {
      answer.current = resolve;
      setAsking(true);
    });
  const close = (yes: boolean): void => {
    setAsking(false);
    answer.current(yes);
  };
  const send = async (body: unknown): Promise<void> => {
    if (action === 'retire' && !(await ask())) return onCancel();
    await api.call(`/recipes/${encodeURIComponent(name)}/revisions/${revision}/${action}`, {
      method: 'POST',
      body,
      ifMatch: shown.etag,
    });
    onDone();
  };
  const word = action === 'release' ? 'Release' : 'Retire';
  return (
    <section aria-label={word} className="mt-4 rounded-xl bg-white p-6 shadow dark:bg-slate-900">
      <h2 className="mb-4 text-2xl font-bold">
        {word} {name} r{revision}
      </h2>
      <SchemaForm body={SignBody} start={start} action={word} onSend={send} onCancel={onCancel} />
      <AlertDialog.Root open={asking}>
        <AlertDialog.Portal>
          <AlertDialog.Overlay className="fixed inset-0 z-30 bg-black/60" />
          <AlertDialog.Content className="fixed top-1/2 left-1/2 z-40 w-[min(40rem,90vw)] -translate-x-1/2 -translate-y-1/2 rounded-xl bg-white p-8 text-slate-900 shadow-xl dark:bg-slate-900 dark:text-slate-100">
            <AlertDialog.Title className="text-3xl font-bold">
              Retire {name} r{revision}?
            </AlertDialog.Title>
            <AlertDialog.Description className="mt-4 text-xl">
              It never runs again, and jobs that wait for it are held. This cannot be undone.
            </AlertDialog.Description>
            <div className="mt-6 flex gap-4 text-xl font-semibold">
              <button
                type="button"
                onClick={() => close(false)}
                className="rounded border-2 border-slate-600 px-6 py-3 dark:border-slate-400"
              >
                Keep it
              </button>
              <button
                type="button"
                onClick={() => close(true)}
                className="rounded bg-red-700 px-6 py-3 text-white"
              >
                ■ Retire
              </button>
            </div>
          </AlertDialog.Content>
        </AlertDialog.Portal>
      </AlertDialog.Root>
    </section>
  );
}
