'use client';
import { AccountName, SignBody, type Recipe, type Signature } from '@boardwalk/contracts';
import { useRef } from 'react';
import { useSession } from '../../src/session.ts';
import type { Tagged } from '../../src/station-api.ts';
import { SchemaForm } from '../form/schema-form.tsx';
import { RetireQuestion, type Question } from './retire-question.tsx';

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
  const question = useRef<Question>(null);
  const send = async (body: unknown): Promise<void> => {
    if (action === 'retire' && !(await question.current!.ask())) return onCancel();
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
      <RetireQuestion ref={question} what={`${name} r${revision}`} />
    </section>
  );
}
