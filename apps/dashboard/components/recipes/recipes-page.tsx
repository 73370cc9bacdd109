'use client';
import type { Recipe, Signature } from '@boardwalk/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../../src/session.ts';
import { sentenceOf } from '../../src/station-api.ts';
import { RecipeEditor, type Origin } from './recipe-editor.tsx';
import { RecipeList, type Place } from './recipe-list.tsx';
import { RevisionCard } from './revision-card.tsx';
import { SignPanel } from './sign-panel.tsx';

const LOOK_MS = 5000;
const PRIMARY = 'rounded bg-sky-700 px-5 py-3 text-lg font-semibold text-white';
const PLAIN = 'rounded border-2 border-slate-600 px-5 py-3 text-lg font-semibold dark:border-slate-400';

type Doing =
  { kind: 'look' } | { kind: 'edit'; origin: Origin | null } | { kind: 'sign'; action: Signature['action'] };
const LOOK: Doing = { kind: 'look' };

export function RecipesPage() {
  const { api, may } = useSession();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Place | null>(null);
  const [doing, setDoing] = useState<Doing>(LOOK);
  const [said, setSaid] = useState<string | null>(null);
  const list = useQuery({
    queryKey: ['recipes'],
    queryFn: () => api.all<Recipe>('/recipes'),
    refetchInterval: LOOK_MS,
  });
  const path = chosen && `/recipes/${encodeURIComponent(chosen.name)}`;
  const revision = useQuery({
    queryKey: ['recipes', chosen],
    queryFn: () => api.call<Recipe>(`${path}/revisions/${chosen!.revision}`),
    enabled: chosen !== null,
    refetchInterval: LOOK_MS,
  });
  const shown = revision.data;

  const choose = (place: Place | null): void => {
    setChosen(place);
    setDoing(LOOK);
    setSaid(null);
  };
  const done = (place: Place | null): void => {
    choose(place);
    void queries.invalidateQueries({ queryKey: ['recipes'] });
  };
  const revise = async (recipe: Recipe): Promise<void> => {
    try {
      const { etag } = await api.call<Recipe>(path!);
      setDoing({ kind: 'edit', origin: { recipe, latest: etag } });
    } catch (failure) {
      setSaid(sentenceOf(failure));
    }
  };
  const trouble =
    said ?? (list.error && sentenceOf(list.error)) ?? (revision.error && sentenceOf(revision.error));
  return (
    <main className="grid items-start gap-6 px-6 py-6 wrap-anywhere lg:grid-cols-[24rem_minmax(0,1fr)]">
      <div className="flex flex-col gap-4">
        {may('write-recipes') && (
          <button type="button" className={PRIMARY} onClick={() => setDoing({ kind: 'edit', origin: null })}>
            New recipe
          </button>
        )}
        <RecipeList recipes={list.data ?? []} chosen={chosen} onChoose={choose} />
      </div>
      <div>
        {trouble && (
          <p role="alert" className="mb-4 rounded bg-red-700 px-4 py-3 text-lg font-semibold text-white">
            ✕ {trouble}
          </p>
        )}
        {doing.kind === 'edit' ? (
          <RecipeEditor
            key={doing.origin ? `${doing.origin.recipe.name} r${doing.origin.recipe.revision}` : 'new'}
            origin={doing.origin}
            onDone={({ name, revision: made }) => done({ name, revision: made })}
            onCancel={() => setDoing(LOOK)}
          />
        ) : shown ? (
          <>
            <RevisionCard recipe={shown.body}>
              {may('write-recipes') && (
                <button type="button" className={PLAIN} onClick={() => void revise(shown.body)}>
                  New revision from this
                </button>
              )}
              {may('release-recipes') && shown.body.state === 'draft' && (
                <button
                  type="button"
                  className={PLAIN}
                  onClick={() => setDoing({ kind: 'sign', action: 'release' })}
                >
                  ✎ Release …
                </button>
              )}
              {may('release-recipes') && shown.body.state !== 'retired' && (
                <button
                  type="button"
                  className={PLAIN}
                  onClick={() => setDoing({ kind: 'sign', action: 'retire' })}
                >
                  ■ Retire …
                </button>
              )}
            </RevisionCard>
            {doing.kind === 'sign' && (
              <SignPanel
                key={doing.action}
                shown={shown}
                action={doing.action}
                onDone={() => done(chosen)}
                onCancel={() => setDoing(LOOK)}
              />
            )}
          </>
        ) : (
          <p className="text-xl">Choose a revision to see what it does.</p>
        )}
      </div>
    </main>
  );
}
