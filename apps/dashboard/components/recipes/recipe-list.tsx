import type { Recipe } from '@boardwalk/contracts';
import { StateBadge } from './state-badge.tsx';

export interface Place {
  readonly name: string;
  readonly revision: number;
}

/** Recipes by name, their latest revision first. */
export function RecipeList({
  recipes,
  chosen,
  onChoose,
}: {
  recipes: readonly Recipe[];
  chosen: Place | null;
  onChoose: (place: Place) => void;
}) {
  const names = [...new Set(recipes.map(({ name }) => name))];
  return (
    <ul className="flex flex-col gap-4" aria-label="recipes">
      {names.map((name) => (
        <li key={name} className="rounded-xl bg-white p-4 shadow dark:bg-slate-900">
          <h2 className="text-2xl font-bold break-words">{name}</h2>
          <ul className="mt-2 flex flex-col gap-2">
            {recipes
              .filter((recipe) => recipe.name === name)
              .map(({ revision, state, signatures }) => (
                <li key={revision}>
                  <button
                    type="button"
                    aria-current={chosen?.name === name && chosen.revision === revision}
                    onClick={() => onChoose({ name, revision })}
                    className="flex w-full flex-wrap items-center gap-3 rounded border-2 border-slate-400 px-3 py-2 text-left text-lg aria-[current=true]:border-sky-700 aria-[current=true]:bg-sky-100 dark:border-slate-600 dark:aria-[current=true]:border-sky-400 dark:aria-[current=true]:bg-sky-950"
                  >
                    <b>r{revision}</b> <StateBadge state={state} />
                    <span className="text-base">
                      {signatures
                        .map(({ action, by }) => `${action === 'release' ? '✎' : '■'} ${by}`)
                        .join(', ')}
                    </span>
                  </button>
                </li>
              ))}
          </ul>
        </li>
      ))}
      {names.length === 0 && <li className="text-xl">No recipe yet.</li>}
    </ul>
  );
}
