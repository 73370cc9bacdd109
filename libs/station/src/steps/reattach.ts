import type { StepOf } from '@boardwalk/contracts';
import { stepFailure, StepFailure } from '../request/reasons.ts';
import { ATTACH_RETRIES } from './connect.ts';
import { explainSilence } from './silence.ts';
import type { StepContext } from './step-context.ts';

/**
 * Attaches again as the recipe connects, after a target or its probe was lost in the middle of a step. What was open to
 * flash and in RAM is gone with it.
 * @throws StepFailure when another chip answers, or none has power; ProbeError when nobody answers
 */
export async function reattach({ mode }: StepOf<'connect'>, context: StepContext): Promise<void> {
  const { link, facts, signal } = context;
  facts.flash = null;
  facts.running = false;
  try {
    await link.connect({ mode, speedKhz: 'as-before', retries: ATTACH_RETRIES, signal });
  } catch (cause) {
    const explained = await explainSilence(cause, context);
    throw explained instanceof StepFailure && explained.reason !== 'no-target' ? explained : cause;
  }
  const known = facts.identity?.uid;
  if (!known) return;
  const uid = await link.readUid();
  if (uid === known) return;
  throw stepFailure('target-lost', { known, uid });
}
