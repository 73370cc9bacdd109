/** Items that one statement takes at most, where a request brings thousands. */
export const PAGE_ITEMS = 250;

/** A long list in parts, in its order. */
export function* pagesOf<Item>(items: readonly Item[], size = PAGE_ITEMS): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
