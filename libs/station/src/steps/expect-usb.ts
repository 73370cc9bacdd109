import type { StepOf } from '@boardwalk/contracts';
import { stepFailure, type StepFailure } from '../request/reasons.ts';
import type { StepContext, StepWords } from './step-context.ts';
import type { StepDefinition } from './step-definition.ts';

/** A host debounces a connect for 100 ms at least (USB 2.0, 7.1.7.3): looking more often shows nothing sooner. */
const LOOK_EVERY_MS = 100;

/**
 * Lets the firmware run, and waits until a device with these ids enumerates on this host. One that stood there before
 * does not count: it is a neighbour's. Boards take turns, so that none is taken for another.
 */
export const expectUsb: StepDefinition<'expectUsb'> = {
  touches: 'nothing',
  resets: true,
  reads: 'nothing',
  perform,
};

async function perform(step: StepOf<'expectUsb'>, context: StepContext): Promise<StepWords> {
  const endTurn = await context.boardUsb.turn(context.signal);
  if (!endTurn) throw stepFailure('cancelled', {});
  try {
    return await awaitBoard(step, context);
  } finally {
    endTurn();
  }
}

async function awaitBoard(step: StepOf<'expectUsb'>, context: StepContext): Promise<StepWords> {
  const { boardUsb, clock, signal, facts, link } = context;
  const [vendorId, productId] = step.usbId.split(':').map((id) => parseInt(id, 16)) as [number, number];
  await link.resetAndHold();
  const before = await boardUsb.enumerated(vendorId, productId).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  const isNew = async (): Promise<boolean> =>
    [...(await boardUsb.enumerated(vendorId, productId))].some((device) => !before.has(device));
  await link.resetAndRun();
  // The core runs now: what was open to flash is no longer what it was.
  facts.flash = null;
  facts.running = true;
  const began = clock.now();
  const limitMs = step.withinSeconds * 1000;
  for (;;) {
    context.onProgress({ doneBytes: 0, totalBytes: 0 });
    if (signal.aborted) throw stepFailure('cancelled', {});
    // A look that began in time counts, however late its answer comes: this host may have stood still.
    const askedMs = clock.now() - began;
    const seen = await isNew().catch(unreadable);
    const tookMs = Math.round(clock.now() - began);
    if (seen === true) return shown(step, tookMs);
    if (askedMs >= limitMs) throw seen === false ? notSeen(step) : seen;
    await clock.wait(Math.max(1, Math.min(LOOK_EVERY_MS, limitMs - tookMs)));
  }
}

function shown({ usbId, withinSeconds }: StepOf<'expectUsb'>, tookMs: number): StepWords {
  const limits = { min: null, max: withinSeconds * 1000, inLimits: true };
  return {
    detail: `The board enumerated on USB as ${usbId}.`,
    measurements: [{ name: 'time until seen on USB', value: tookMs, unit: 'ms', ...limits }],
  };
}

function notSeen({ usbId, withinSeconds }: StepOf<'expectUsb'>): StepFailure {
  return stepFailure('usb-not-seen', { usbId, seconds: withinSeconds });
}

/** The host's fault, not the board's; it may be gone at the next look. */
function unreadable(cause: unknown): StepFailure {
  const why = cause instanceof Error ? cause.message : String(cause);
  return stepFailure('station-failed:host-usb', { why }, { cause });
}
