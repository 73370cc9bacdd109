import type { Target } from '@boardwalk/debug';
import { addressOf, type Series } from '@boardwalk/series';

/** Stops the watchdogs while the core is halted, as the series has it. A power-on reset undoes it. */
export async function freezeWatchdogs(target: Target, series: Series): Promise<void> {
  for (const write of series.freeze) {
    const address = addressOf(series, write);
    const before = write.others === 'keep' ? await target.readWord(address) : 0;
    await target.writeWord(address, (before | write.value) >>> 0);
  }
}
