import {
  CALL_ENGINEER,
  CALL_LEAD,
  ONCE_MORE,
  QUALITY_BOX,
  RED_BOX,
  refusalCodeOf,
  remedyFor,
  RUN_ROWS,
  SCAN_BADGE,
  SEAT_AND_SCAN,
  WAIT,
} from '@boardwalk/contracts';
import { asIs, message, type Message, type PlainKey } from '../words/message.ts';

/** What the station tells an operator to do → the same, short enough for a tile. */
const SHORT: Readonly<Record<string, PlainKey>> = {
  [RED_BOX]: 'doRedBox',
  [QUALITY_BOX]: 'doQualityBox',
  [SEAT_AND_SCAN]: 'doSeatAndScan',
  [ONCE_MORE]: 'doOnceMore',
  [CALL_ENGINEER]: 'doCallEngineer',
  [CALL_LEAD]: 'doCallLead',
  [WAIT]: 'doWait',
  [SCAN_BADGE]: 'doScanBadge',
  [RUN_ROWS['passed-already'].operator]: 'doGoodBoards',
};

interface Reason {
  readonly reason: string | null;
  readonly remedy: string | null;
}

/** One thing to do about a reason: for an operator an act at the bench, for others the remedy of the error. */
export function instruction({ reason, remedy }: Reason, role: string): Message | null {
  const code = refusalCodeOf(reason);
  const text = code === null ? remedy : remedyFor({ code, remedy: remedy ?? '' }, role);
  if (!text) return null;
  const short = SHORT[text];
  return short === undefined ? asIs(text) : message(short);
}
