import type { ScanState, Share } from '@boardwalk/contracts';
import { percentOf } from '../../src/facts/percent.ts';
import { message } from '../../src/words/message.ts';
import type { Worded } from '../../src/words/worded.ts';
import { Speaker } from './speaker.tsx';

/** How far the order is, how many of its boards passed at once with the interval of that share, and whether it is silent. */
export function Figures({
  order,
  firstPass,
  muted,
  worded,
}: {
  order: ScanState['order'];
  firstPass: Share | null;
  muted: boolean;
  worded: Worded;
}) {
  const percent = firstPass && percentOf(firstPass);
  return (
    <div className="flex flex-none gap-6 leading-5 @min-[60rem]:text-right" data-testid="figures">
      {muted && (
        <p className="flex items-center gap-2 self-center text-lg font-bold" data-testid="muted">
          <Speaker crossed /> {worded(message('muted'))}
        </p>
      )}
      {order && (
        <p>
          <span className="strip-figure block leading-none font-bold tabular-nums">
            {order.passed} / {order.of}
          </span>
          {worded(message('factLeft', { left: Math.max(0, order.of - order.passed) }))}
        </p>
      )}
      {percent && (
        <p>
          <span className="strip-figure block leading-none font-bold tabular-nums">
            {worded(message('factPercent', { share: percent.share }))}
          </span>
          {worded(message('factInterval', { low: percent.low, high: percent.high }))}
        </p>
      )}
    </div>
  );
}
