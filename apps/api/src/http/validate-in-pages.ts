import { z } from 'zod';
import { pagesOf } from '../persistence/pages.ts';
import { Turns } from '../clock/turns.ts';
import { MOST_ERRORS } from './most-errors.ts';

type Issues = { readonly message: string; readonly path: readonly PropertyKey[] }[];
/** As the Standard Schema specification has it. */
type Result = { readonly value: unknown } | { readonly issues: Issues };

/** A request of which one field may have thousands of items. */
export interface LongRequest {
  readonly list: string;
  readonly item: z.ZodType;
  /** The request, with any item in its list. */
  readonly rest: z.ZodType;
}

/** Validates a request's long list page by page, so that everything else on the event loop has its turn. */
export async function validateInPages({ list, item, rest }: LongRequest, value: object): Promise<Result> {
  const given = (value as Record<string, unknown[]>)[list]!;
  const [items, wrong] = await validItems(item, given);
  const { data, error } = rest.safeParse({ ...value, [list]: wrong.length === 0 ? items : [] });
  const others = (error?.issues ?? []).filter(({ path }) => wrong.length === 0 || path[0] !== list);
  const issues = [...others, ...wrong.map((issue) => ({ ...issue, path: [list, ...issue.path] }))];
  return issues.length > 0 ? { issues } : { value: data };
}

async function validItems(item: z.ZodType, given: readonly unknown[]): Promise<[unknown[], Issues]> {
  const turns = new Turns();
  const page = z.array(item);
  const items: unknown[] = [];
  const wrong: Issues = [];
  let from = 0;
  for (const some of pagesOf(given)) {
    const { data = [], error } = page.safeParse(some);
    for (const { path, ...issue } of error?.issues ?? [])
      wrong.push({ ...issue, path: [from + Number(path[0]), ...path.slice(1)] });
    if (wrong.length >= MOST_ERRORS) break;
    items.push(...data);
    from += some.length;
    await turns.next();
  }
  return [items, wrong];
}
