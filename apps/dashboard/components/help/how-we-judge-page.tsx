'use client';
import type { IdentityModel } from '@boardwalk/contracts';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '../../src/session.ts';
import { sentenceOf } from '../../src/station-api.ts';
import { EvidenceTable } from './evidence-table.tsx';

const CARD = 'rounded-xl bg-white p-6 text-lg wrap-anywhere shadow dark:bg-slate-900';

/** How the station judges what a chip is: rules, grades, and each weight with its public source. */
export function HowWeJudgePage() {
  const { api } = useSession();
  const model = useQuery({
    queryKey: ['identity', 'model'],
    queryFn: () => api.get<IdentityModel>('/identity/model'),
  });
  return (
    <main className="flex max-w-7xl flex-col gap-6 px-6 py-6">
      <h2 className="text-3xl font-bold">How we judge</h2>
      {model.error && (
        <p role="alert" className="rounded bg-red-700 px-4 py-3 text-lg font-semibold text-white">
          ✕ {sentenceOf(model.error)}
        </p>
      )}
      {model.data && <Model model={model.data} />}
    </main>
  );
}

function Model({
  model: { modelVersion, rules, grades, kinds, groups, evidence },
}: {
  model: IdentityModel;
}) {
  return (
    <>
      <section className={CARD} aria-labelledby="rules">
        <h3 id="rules" className="text-2xl font-bold">
          From weights to a verdict
        </h3>
        <p className="mt-2">Version {modelVersion} of the model.</p>
        <ol className="mt-2 flex list-inside list-decimal flex-col gap-1">
          {rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ol>
      </section>
      <section className={CARD} aria-labelledby="words">
        <h3 id="words" className="text-2xl font-bold">
          Grades and kinds
        </h3>
        <Meanings rows={grades.map(({ grade, means }) => [grade, means])} />
        <Meanings rows={kinds.map(({ kind, means }) => [kind, means])} />
      </section>
      {groups.map((group) => (
        <section key={group.group} className={CARD} aria-labelledby={group.group}>
          <h3 id={group.group} className="text-2xl font-bold">
            {group.group}: {group.looksAt}
          </h3>
          <p className="mt-2">
            Together its weights count as no less than {group.least} and no more than {group.most}.
          </p>
          <EvidenceTable rules={evidence.filter((rule) => rule.group === group.group)} />
        </section>
      ))}
    </>
  );
}

function Meanings({ rows }: { rows: readonly (readonly [word: string, means: string])[] }) {
  return (
    <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
      {rows.map(([word, means]) => (
        <div key={word} className="contents">
          <dt className="font-semibold">{word}</dt>
          <dd>{means}</dd>
        </div>
      ))}
    </dl>
  );
}
