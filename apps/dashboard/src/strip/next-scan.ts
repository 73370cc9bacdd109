import { message, type Message } from '../words/message.ts';
import type { BenchSight } from './bench-sight.ts';
import type { Says } from './says.ts';

const isComplete = ({ scans }: BenchSight): boolean =>
  scans !== null && scans.order !== null && scans.order.passed >= scans.order.of;

const neutral = (headline: Message): Says => ({ headline, detail: null, colour: 'white' });

/** A board's code, or the slot of the board that was scanned. */
export function scanBoard(bench: BenchSight): Says | null {
  const { scans } = bench;
  if (scans === null || scans.expects === 'order' || isComplete(bench)) return null;
  if (scans.expects !== 'slot') return neutral(message('stripScanBoard'));
  const { serial } = scans;
  return neutral(serial === null ? message('stripScanAnySlot') : message('stripScanSlot', { serial }));
}

export function scanOrder(bench: BenchSight): Says | null {
  const wanted = bench.scans?.expects === 'order' && !isComplete(bench);
  return wanted ? neutral(message('stripScanOrder')) : null;
}

export function scanBadge({ operator }: BenchSight): Says | null {
  return operator ? null : neutral(message('stripScanBadge'));
}

export function orderComplete(bench: BenchSight): Says | null {
  const order = bench.scans?.order;
  if (!order || !isComplete(bench)) return null;
  const { id, passed, of } = order;
  return {
    headline: message('stripComplete', { order: id }),
    detail: message('stripCounts', { passed, of }),
    colour: 'green',
  };
}
