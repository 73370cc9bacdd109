import type { Target } from '@boardwalk/debug';
import type { Series } from '@boardwalk/series';
import { FLASH, RCC } from '../controller/registers.ts';

const PLLON = 1 << 24;
const PLLRDY = 1 << 25;
const SW_PLL = 2;
const SWS_MASK = 0xc;
const TRIES = 5;

/**
 * Raises the core from HSI's 8 MHz to the fastest clock of its series, no crystal needed; the flash's wait states come
 * first. Resolves false where the part does not lock: it then stays at 8 MHz. A system reset undoes it.
 */
export async function raiseCoreClock(target: Target, { blocks, clock }: Series): Promise<boolean> {
  const control = blocks.rcc + RCC.CR;
  const configuration = blocks.rcc + RCC.CFGR;
  await target.writeWord(blocks.flash + FLASH.ACR, clock.flashAcr);
  await target.writeWord(configuration, clock.rccCfgr);
  await target.writeWord(control, (await target.readWord(control)) | PLLON);
  for (let tries = 0; tries < TRIES; tries += 1) {
    if ((await target.readWord(control)) & PLLRDY) {
      await target.writeWord(configuration, clock.rccCfgr | SW_PLL);
      return ((await target.readWord(configuration)) & SWS_MASK) === SW_PLL << 2;
    }
    await target.link.clock.wait(1);
  }
  return false;
}
