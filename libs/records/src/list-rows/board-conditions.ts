import type { BoardQuery } from '@boardwalk/contracts';
import { joined, sql, type Fragment } from './fragment.ts';
import { readingFits } from './reading-conditions.ts';
import { equal } from './equal.ts';
import { conditionsOfRun, type RunFilters } from './run-of-board.ts';

/** Filters that are about a board itself → its column. */
const OF_BOARD = {
  ...{ state: 'state', reference: 'reference', uid: 'uid', outcome: 'lastOutcome', reason: 'lastReason' },
} as const satisfies Partial<Record<keyof BoardQuery, string>>;

/** Filters that are about what its latest identity shows → the board's column. */
const OF_IDENTITY = { verdict: 'verdict', resembles: 'resembles' } as const;

/** The boards that are asked for; what is undefined does not matter. */
export interface BoardFilters
  extends
    Pick<BoardQuery, keyof typeof OF_BOARD | keyof typeof OF_IDENTITY | 'serial'>,
    Pick<BoardQuery, 'counted' | 'difference'>,
    RunFilters {
  /** The reading that counts began at `readFrom` or later and before `readTo`. */
  readonly readFrom: string | undefined;
  readonly readTo: string | undefined;
}

/** Boards of which nothing was read and no serial was scanned are in the record of runs alone. */
const KNOWN = sql`(b."uid" IS NOT NULL OR b."serial" IS NOT NULL OR b."verdict" IS NOT NULL)`;

/** The condition that a board `b` fits: by its own columns, `BoardSerial_holder_idx` and `Run_board_sequence_idx`. */
export function fits(filters: BoardFilters): Fragment {
  const { serial, counted } = filters;
  const conditions = [
    ...equal('b', OF_BOARD, filters),
    ...(serial === undefined
      ? []
      : [sql`b."number" IN (SELECT s."board" FROM "BoardSerial" s WHERE s."serial" = ${serial})`]),
    ...(counted === undefined ? ofItself(filters) : readingFits({ ...filters, counted })),
  ];
  return joined(conditions, ' AND ');
}

function ofItself(filters: BoardFilters): Fragment[] {
  const ofRun = conditionsOfRun('r', filters);
  return [
    KNOWN,
    ...equal('b', OF_IDENTITY, filters),
    ...(ofRun.length === 0
      ? []
      : [sql`EXISTS (SELECT 1 FROM "Run" r WHERE r."board" = b."number" AND ${joined(ofRun, ' AND ')})`]),
  ];
}
