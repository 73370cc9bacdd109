import { message } from '../words/message.ts';
import type { BenchSight } from './bench-sight.ts';
import { hands } from './hands.ts';
import { orderComplete, scanBadge, scanBoard, scanOrder } from './next-scan.ts';
import { place } from './place.ts';
import type { Says } from './says.ts';

type Step = (bench: BenchSight) => Says | null;

function notLive({ link }: BenchSight): Says | null {
  if (link.live) return null;
  const headline =
    link.since === null ? message('stripNotLive') : message('stripNotLiveSince', { time: link.since });
  return { headline, detail: message('stripWait'), colour: 'grey' };
}

function wrongCode({ wrong }: BenchSight): Says | null {
  if (wrong === null) return null;
  const headline =
    wrong.code === null ? message('stripWrongCode') : message('stripWrongCodeWas', { code: wrong.code });
  return { headline, detail: wrong.message, colour: 'red' };
}

/** What the strip may say, the most urgent first. */
export const STRIP_STEPS = {
  'not-live': notLive,
  'wrong-code': wrongCode,
  hands,
  place,
  'scan-board': scanBoard,
  'scan-order': scanOrder,
  'scan-badge': scanBadge,
  complete: orderComplete,
} as const satisfies Readonly<Record<string, Step>>;
export type StripStep = keyof typeof STRIP_STEPS;

/** The one thing that the bench wants next; null until it is known what was chosen. */
export function stripOf(bench: BenchSight): (Says & { readonly step: StripStep }) | null {
  for (const [step, say] of Object.entries(STRIP_STEPS)) {
    const says = say(bench);
    if (says) return { ...says, step: step as StripStep };
  }
  return null;
}
