import type { Anchor } from './anchors.ts';
import { hashOf, ORIGIN, sha256, type ChainRow, type Head } from './chain-row.ts';
import { isErasedBy, type RetentionNotice } from './retention.ts';

/** What a check of the whole chain found. */
export interface ChainReport {
  readonly ok: boolean;
  /** Rows looked at; up to the first bad one. */
  readonly rows: number;
  readonly head: Head;
  /** Rows whose data retention has erased; their digest is in the chain. */
  readonly erased: number;
  readonly anchors: number;
  readonly firstBad: { readonly id: number; readonly says: string } | null;
}

/** What one row must be, given the rows before it; null when it is. */
type Rule = (row: ChainRow, head: Head) => string | null;

const RULES: readonly Rule[] = [
  ({ id }, head) => {
    const gone = id - head.id - 1;
    if (gone === 0) return null;
    if (id <= head.id) return 'stands where no row can be: it was put in';
    return `follows row ${head.id}: ${gone === 1 ? '1 row between them is' : `${gone} rows between them are`} gone`;
  },
  ({ previous }, head) =>
    previous === head.hash ? null : `is not linked to row ${head.id}: one of the two was changed`,
  ({ data }) =>
    data === null || typeof data === 'string'
      ? null
      : 'holds data that is no text: it was changed after it was written',
  ({ data, dataSha256 }) =>
    data === null || sha256(data) === dataSha256 ? null : 'holds data that was changed after it was written',
  (row) => (hashOf(row) === row.hash ? null : 'was changed after it was written'),
];

/**
 * Checks rows in the order of their ids, from the first one on: nothing changed, nothing missing in between or at
 * the end of what the anchors know, nothing erased but by a rule that the chain itself names.
 * @param from the row before the first one, where an export begins in the middle
 * @param lastGiven the last id that the database gave out
 */
export function verifyChain(
  rows: Iterable<ChainRow>,
  notices: readonly RetentionNotice[],
  anchors: readonly Anchor[] = [],
  from: Head = ORIGIN,
  lastGiven = 0,
): ChainReport {
  const anchored = new Map(anchors.map((anchor) => [anchor.id, anchor]));
  let head = from;
  let count = 0;
  let erased = 0;
  const report = (firstBad: ChainReport['firstBad']): ChainReport => ({
    ...{ ok: firstBad === null, rows: count, head, erased, anchors: anchors.length, firstBad },
  });
  for (const row of rows) {
    count += 1;
    for (const rule of RULES) {
      const says = rule(row, head);
      if (says) return report({ id: row.id, says });
    }
    if (row.data === null) {
      erased += 1;
      if (!notices.some((notice) => isErasedBy(row, notice)))
        return report({ id: row.id, says: 'has lost its data, and no retention rule in the chain names it' });
    }
    head = { id: row.id, hash: row.hash };
    const anchor = anchored.get(row.id);
    if (anchor && anchor.hash !== row.hash)
      return report({ id: row.id, says: `is not the row that the anchor of ${anchor.date} names` });
  }
  const beyond = anchors.find(({ id }) => id > head.id);
  if (!beyond && lastGiven > head.id)
    return report({
      id: head.id + 1,
      says: `is missing: the chain ends at row ${head.id}, but SQLite gave ids up to ${lastGiven}`,
    });
  if (!beyond) return report(null);
  const says = `is missing: the chain ends at row ${head.id}, but the anchor of ${beyond.date} names row ${beyond.id}`;
  return report({ id: head.id + 1, says });
}
