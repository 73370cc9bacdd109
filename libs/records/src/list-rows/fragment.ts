/** A value of a statement. */
export type Value = string | number | bigint | null;

/** A part of a statement with the values of its placeholders; neither names nor texts in it have a question mark. */
export interface Fragment {
  readonly text: string;
  readonly values: readonly Value[];
}

/** A part of a statement: other parts go in as they are, values as placeholders. */
export function sql(texts: TemplateStringsArray, ...parts: readonly (Fragment | Value)[]): Fragment {
  const fragments = parts.map(asFragment);
  return {
    text: texts.map((text, at) => `${text}${fragments[at]?.text ?? ''}`).join(''),
    values: fragments.flatMap(({ values }) => values),
  };
}

/** Text of ours, such as the name of a column; never of a request. */
export function raw(text: string): Fragment {
  return { text, values: [] };
}

export function joined(parts: readonly (Fragment | Value)[], between = ', '): Fragment {
  const fragments = parts.map(asFragment);
  return {
    text: fragments.map(({ text }) => text).join(between),
    values: fragments.flatMap(({ values }) => values),
  };
}

function asFragment(part: Fragment | Value): Fragment {
  return typeof part === 'object' && part !== null ? part : { text: '?', values: [part] };
}
