/** More single-character changes than this make another word, not a slip. */
const MOST_CHANGES = 3;

/** The names that are nearest to a wrong one, nearest first; none where all are far. */
export function nearestNames(wrong: string, names: readonly string[], most = 3): string[] {
  const word = wrong.toLowerCase();
  return names
    .map((name) => ({ name, changes: changesBetween(word, name.toLowerCase()) }))
    .filter(({ changes, name }) => changes <= Math.min(MOST_CHANGES, Math.ceil(name.length / 2)))
    .sort((a, b) => a.changes - b.changes)
    .slice(0, most)
    .map(({ name }) => name);
}

/** "Did you mean a or b? " before the sentence that lists all names; empty where none is near. */
export function didYouMean(wrong: string, names: readonly string[]): string {
  const near = nearestNames(wrong, names);
  return near.length === 0 ? '' : `Did you mean ${near.join(' or ')}? `;
}

/** Characters to insert, delete or replace (Levenshtein's distance). */
function changesBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j += 1)
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === to[j] ? 0 : 1)));
    row = next;
  }
  return row[to.length]!;
}
