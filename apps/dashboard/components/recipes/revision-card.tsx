'use client';
import type { Recipe } from '@boardwalk/contracts';
import type { ReactNode } from 'react';
import { imageWords, useImages } from '../form/image-widget.tsx';
import { StateBadge } from './state-badge.tsx';

/** What one revision does, and who signed it. `children`: what may be done with it. */
export function RevisionCard({ recipe, children }: { recipe: Recipe; children: ReactNode }) {
  const image = useImages().data?.data.find(({ id }) => id === recipe.image);
  return (
    <article className="rounded-xl bg-white p-6 text-lg wrap-anywhere shadow dark:bg-slate-900">
      <h2 className="flex flex-wrap items-center gap-4 text-3xl font-bold">
        {recipe.name} r{recipe.revision} <StateBadge state={recipe.state} />
      </h2>
      {recipe.description && <p className="mt-2 text-xl">{recipe.description}</p>}
      <div className="mt-4 flex flex-wrap gap-3">{children}</div>
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        <dt className="font-semibold">Image</dt>
        <dd className="break-all">{image ? imageWords(image) : recipe.image}</dd>
        <dt className="font-semibold">Made</dt>
        <dd>{new Date(recipe.createdAt).toLocaleString()}</dd>
        <dt className="font-semibold">Ends after</dt>
        <dd>{recipe.timeoutSeconds} s at the latest</dd>
        <dt className="font-semibold">Signatures</dt>
        <dd>
          {recipe.signatures.length === 0 && 'none'}
          <ul>
            {recipe.signatures.map(({ action, by, at, reason }) => (
              <li key={`${action} ${by} ${at}`}>
                <b>{by}</b>: {action}, {new Date(at).toLocaleString()}
                {reason && ` (“${reason}”)`}
              </li>
            ))}
          </ul>
        </dd>
      </dl>
      <Parts title="Steps" parts={recipe.steps.map(({ step, ...rest }) => ({ name: step, rest }))} />
      {recipe.patches.length > 0 && (
        <Parts title="Patches" parts={recipe.patches.map(({ from, ...rest }) => ({ name: from, rest }))} />
      )}
    </article>
  );
}

function Parts({ title, parts }: { title: string; parts: readonly { name: string; rest: object }[] }) {
  return (
    <section>
      <h3 className="mt-4 text-xl font-bold">{title}</h3>
      <ol className="mt-1 list-inside list-decimal">
        {parts.map(({ name, rest }, index) => (
          <li key={index}>
            <b>{name}</b> <span className="font-mono text-base">{wordsOf(rest)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function wordsOf(fields: object): string {
  const set = Object.entries(fields).filter(
    ([, value]) => !['{}', '[]', undefined].includes(JSON.stringify(value)),
  );
  return set
    .map(([key, value]) => `${key} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(' · ');
}
