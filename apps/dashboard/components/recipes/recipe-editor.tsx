'use client';
import { CreateRecipe, CreateRevision, type Recipe } from '@boardwalk/contracts';
import { useMemo } from 'react';
import { startFrom } from '../../src/form-drawing.ts';
import { useSession } from '../../src/session.ts';
import { SchemaForm } from '../form/schema-form.tsx';
import type { Place } from './recipe-list.tsx';

/** What a revision is made from: the chosen one, and the tag of the latest, behind which it will stand. */
export interface Origin {
  readonly recipe: Recipe;
  readonly latest: string | null;
}

/** The form of a new recipe, or of a new revision: a revision never changes. */
export function RecipeEditor({
  origin,
  onDone,
  onCancel,
}: {
  origin: Origin | null;
  onDone: (made: Place) => void;
  onCancel: () => void;
}) {
  const { api } = useSession();
  const body = origin ? CreateRevision : CreateRecipe;
  const start = useMemo(() => (origin ? startFrom(CreateRevision, origin.recipe) : {}), [origin]);
  const name = origin?.recipe.name;
  const send = async (sent: unknown): Promise<void> => {
    const path = name === undefined ? '/recipes' : `/recipes/${encodeURIComponent(name)}/revisions`;
    const { body: made } = await api.call<Recipe>(path, {
      method: 'POST',
      body: sent,
      ifMatch: origin?.latest,
    });
    onDone(made);
  };
  return (
    <section aria-label="editor" className="rounded-xl bg-white p-6 shadow dark:bg-slate-900">
      <h2 className="mb-4 text-3xl font-bold">
        {origin ? `New revision of ${origin.recipe.name}, from r${origin.recipe.revision}` : 'New recipe'}
      </h2>
      <SchemaForm
        body={body}
        start={start}
        action={origin ? 'Add the revision' : 'Create the recipe'}
        onSend={send}
        onCancel={onCancel}
      />
    </section>
  );
}
