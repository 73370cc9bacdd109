import { mayPass, Patience, type Target } from '@boardwalk/debug';
import type { Line, Series } from '@boardwalk/series';
import { CR, FLASH } from '../controller/registers.ts';
import { decodeOptions, optionsOf } from './option-bytes.ts';
import { permanentIsPending } from './option-errors.ts';

const RESET_TIMEOUT_MS = 500;
const POLL_MS = 1;

/**
 * Lets the chip load its option bytes, which resets it; the core is halted before its first instruction.
 * @throws FlashError `flash.permanent` when they would shut the chip for ever; ProbeError
 */
export async function loadOptions(target: Target, series: Series): Promise<void> {
  const pending = await pendingPermanent(target, series);
  if (pending !== null) throw permanentIsPending(pending);
  if (series.options.loadedBy === 'reset') await target.resetAndHalt();
  else await target.resetAndHalt(() => launch(target, series));
}

/**
 * Resets the chip so that it starts as after power-on; the core is halted before its first instruction. A chip that
 * would start its boot ROM until it loads its options loads them, unless that would shut it for ever.
 */
export async function resetAsPowerOn(target: Target, { series, family }: ChipKind): Promise<void> {
  if (family.bootsRomUntilLoaded && (await pendingPermanent(target, series)) === null)
    await loadOptions(target, series);
  else await target.resetAndHalt();
}

interface ChipKind {
  readonly series: Series;
  readonly family: Line;
}

/** The RDP value in the option bytes that would become permanent once it is loaded; null: none. */
export async function pendingPermanent(target: Target, series: Series): Promise<number | null> {
  const { base, factory, readProtection } = series.options;
  if (readProtection.permanent === null) return null;
  const raw = await target.readMemory(base, 2 * factory.length);
  const { RDP } = decodeOptions(raw, optionsOf(series, null));
  return RDP === readProtection.permanent ? RDP : null;
}

/** OBL_LAUNCH resets the chip in the middle of the write's own answer: whether it did is read from the core. */
async function launch(target: Target, { blocks }: Series): Promise<void> {
  // S_RESET_ST is cleared by reading it.
  await target.state();
  await target.writeWord(blocks.flash + FLASH.CR, CR.OBL_LAUNCH).catch((cause: unknown) => {
    if (!mayPass(cause)) throw cause;
  });
  const patience = new Patience(target.link.clock, RESET_TIMEOUT_MS);
  for (;;) {
    const late = patience.spent();
    const seen = await target.state().catch((cause: unknown) => {
      if (!mayPass(cause)) throw cause;
      return null;
    });
    if (seen?.resetSeen || late) return;
    await patience.wait(POLL_MS);
  }
}
