import type { EvidenceRule } from '@boardwalk/contracts';

const HEADS = [
  'Finding',
  'Weight',
  'Grade',
  'Kind',
  'A genuine part reads',
  'Why it matters',
  'Public source',
];
const CELL = 'px-2 py-2 align-top';

/** The rows of one group. Each has its id as an anchor, so that a finding can be linked to it. */
export function EvidenceTable({ rules }: { rules: readonly EvidenceRule[] }) {
  return (
    <div className="mt-4 overflow-x-auto wrap-normal">
      <table className="w-full text-left text-base">
        <thead>
          <tr className="border-b-2 border-slate-400">
            {HEADS.map((head) => (
              <th key={head} scope="col" className={CELL}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.id} id={rule.id} className="border-b border-slate-300 dark:border-slate-700">
              <th scope="row" className={`${CELL} font-mono font-normal`}>
                {rule.id}
                {rule.series.length > 0 && <span className="block text-sm">{rule.series.join(', ')}</span>}
              </th>
              <td className={`${CELL} font-bold`}>{rule.weight > 0 ? `+${rule.weight}` : rule.weight}</td>
              <td className={CELL}>{rule.reliability}</td>
              <td className={CELL}>
                {rule.kind}
                {rule.needsAnother && ', needs another'}
              </td>
              <td className={CELL}>{rule.expected}</td>
              <td className={CELL}>{rule.why}</td>
              <td className={CELL}>
                {rule.source}
                <ul className="mt-1 list-disc pl-5 text-sm">
                  {rule.sources.map(({ title, url }) => (
                    <li key={url}>
                      <a className="underline" href={url} rel="noreferrer" target="_blank">
                        {title}
                      </a>
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
