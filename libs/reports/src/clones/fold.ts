import type { ReportWindow } from '../window.ts';
import { inOrder } from '../group.ts';
import { Plant } from '../plant.ts';
import type { Zone } from '../time/zone.ts';
import { share } from '../wilson.ts';
import type { CloneBoard, CloneFacts } from './board.ts';
import type { ClonesBoard, ClonesReport, ClonesRow, EvidenceRow } from './columns.ts';
import { doneWith, leftBefore } from './done.ts';
import {
  boardLink,
  boardsLink,
  groupFilters,
  keyOf,
  type CloneGroup,
  type DayOf,
  type Filters,
} from './grouping.ts';
import { RowCounts } from './row-counts.ts';
import { CLONE_RULES } from './rules.ts';

/** Boards listed one by one; the counts have all of them. */
const MOST_LISTED = 1000;

/** Boards by their identity, which come in parts; its memory grows with its rows. */
export class ClonesFold {
  readonly #rows = new Map<string | null, RowCounts>();
  readonly #total = new RowCounts();
  readonly #listed: CloneBoard[] = [];
  readonly #trend = new Map<string, { supplier: string | null; day: string; differs: number; of: number }>();
  readonly #lots = new Set<string | null>();
  readonly #keysOfLot = new Map<string, Set<string | null>>();
  readonly #by: CloneGroup;
  readonly #dayOf: DayOf;
  readonly #zone: Zone;
  #sameUid: ReadonlySet<number> = new Set();
  #facts: CloneFacts = { changes: [], pairs: [] };

  constructor(private readonly window: ReportWindow) {
    const { zone } = window.plant ?? new Plant();
    this.#by = (window.groupBy as CloneGroup | undefined) ?? 'lot';
    this.#zone = zone;
    this.#dayOf = (at) => zone.dateOf(Date.parse(at));
  }

  addFacts(facts: CloneFacts): this {
    this.#facts = facts;
    this.#sameUid = new Set(facts.pairs.map(({ board }) => board));
    return this;
  }

  addBoards(boards: readonly CloneBoard[]): this {
    for (const board of boards) this.#add(board);
    return this;
  }

  #add(board: CloneBoard): void {
    const key = keyOf(board, this.#by, this.#dayOf);
    let row = this.#rows.get(key);
    if (!row) this.#rows.set(key, (row = new RowCounts()));
    for (const counts of [row, this.#total]) counts.add(board, this.#sameUid.has(board.board));
    this.#lots.add(board.lot);
    if (board.lot !== null) {
      const keys = this.#keysOfLot.get(board.lot) ?? new Set();
      this.#keysOfLot.set(board.lot, keys.add(key));
    }
    this.#addTrend(board);
    if (board.verdict !== 'differs' && board.state !== 'held') return;
    this.#listed.push(board);
    if (this.#listed.length <= 2 * MOST_LISTED) return;
    this.#listed.sort(latestFirst).splice(MOST_LISTED);
  }

  #addTrend({ supplier, at, verdict }: CloneBoard): void {
    const day = this.#dayOf(at);
    const key = JSON.stringify([supplier, day]);
    const row = this.#trend.get(key) ?? { supplier, day, differs: 0, of: 0 };
    row.of += 1;
    row.differs += Number(verdict === 'differs');
    this.#trend.set(key, row);
  }

  report(): ClonesReport {
    const keys = [...this.#rows.keys()].sort(inOrder);
    const changes = this.#facts.changes.filter(({ lot }) => this.#lots.has(lot));
    return {
      groupBy: this.#by,
      rows: keys.map((key) => this.#row(key)),
      total: this.#total.row('all', changes[0]?.board ?? null, this.#links({})),
      evidence: this.#evidence(keys),
      boards: this.#listed.sort(latestFirst).slice(0, MOST_LISTED).map(listed),
      lotChanges: changes.map(({ run: _run, sequence: _sequence, ...change }) => ({
        ...change,
        link: boardLink(change.board),
      })),
      uidPairs: this.#facts.pairs.map((pair) => ({ ...pair, link: boardLink(pair.board) })),
      trend: [...this.#trend.values()]
        .sort((one, other) => inOrder(one.supplier, other.supplier) || inOrder(one.day, other.day))
        .map(({ supplier, day, differs, of }) => ({ supplier, day, differs: share(differs, of) })),
      rules: [...CLONE_RULES],
      links: { rows: this.#link({}) },
    };
  }

  #row(key: string | null): ClonesRow {
    const lots = [...this.#keysOfLot].filter(([, keys]) => keys.has(key)).map(([lot]) => lot);
    const changed = this.#facts.changes.find(({ lot }) => lots.includes(lot))?.board ?? null;
    const filters = groupFilters(this.#by, key, this.#zone);
    // The readings that the report chose from have this value already.
    const counted = this.window.filters?.[this.#by] === undefined ? {} : { counted: 'true' };
    return this.#rows.get(key)!.row(key, changed, this.#links({ ...filters, ...counted }));
  }

  #links(filters: Filters): Record<string, string> {
    const link = (more: Filters) => this.#link({ ...filters, ...more });
    const differing = (more: Filters) => link({ verdict: 'differs', ...more });
    return {
      ...{ rows: link({}), boards: link({}), consistent: link({ verdict: 'consistent' }) },
      ...{ differs: differing({}), insufficient: link({ verdict: 'insufficient' }) },
      ...{ held: link({ state: 'held' }), otherPart: differing({ difference: 'part' }) },
    };
  }

  #link(filters: Filters): string {
    const { from, to, filters: own, virtual } = this.window;
    const bench = virtual === undefined ? {} : { virtual: String(virtual) };
    return boardsLink({ ...own, ...bench, from, to, counted: 'true', ...filters });
  }

  #evidence(keys: readonly (string | null)[]): EvidenceRow[] {
    return [...this.#total.evidence]
      .sort(([one, more], [other, less]) => less - more || (one < other ? -1 : 1))
      .map(([finding, boards]) => ({
        ...{ finding, boards },
        byKey: keys.map((key) => ({ key, boards: this.#rows.get(key)!.evidence.get(finding) ?? 0 })),
      }));
  }
}

const latestFirst = (one: CloneBoard, other: CloneBoard): number => other.sequence - one.sequence;

function listed(board: CloneBoard): ClonesBoard {
  const { serial, uid, lot, supplier, workOrder, verdict, resembles, difference, decision } = board;
  return {
    ...{ board: board.board, serial, uid, lot, supplier, workOrder, verdict, resembles, difference },
    ...{ findings: [...board.findings], done: doneWith(board) },
    ...{ decidedBy: decision?.decidedBy ?? null, decidedAt: decision?.decidedAt ?? null },
    ...{ leftBeforeDecision: leftBefore(board), link: boardLink(board.board) },
  };
}
