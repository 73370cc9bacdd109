import type { RecipeState } from '@boardwalk/contracts';

const LOOKS: Readonly<Record<RecipeState, { shape: string; className: string }>> = {
  draft: { shape: '◌', className: 'bg-amber-200 text-black' },
  released: { shape: '✔', className: 'bg-emerald-800 text-white' },
  retired: { shape: '■', className: 'bg-slate-700 text-white' },
};

/** A revision's state by colour, shape and word. */
export function StateBadge({ state }: { state: RecipeState }) {
  const { shape, className } = LOOKS[state];
  return (
    <span className={`rounded px-2 py-1 text-base font-semibold ${className}`}>
      <span aria-hidden="true">{shape}</span> {state}
    </span>
  );
}
