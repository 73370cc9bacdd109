import type { Target } from '@boardwalk/debug';
import { FLASH, RCC } from './registers.ts';

const PLLON = 1 << 24;
const PLLRDY = 1 << 25;
/** PLL from HSI/2 times 16: 64 MHz, APB1 at half (RM0008 7.3.2). */
const CFGR_PLL = 0x00380400;
const SW_PLL = 2;
const SWS_MASK = 0xc;
/** Two wait states and prefetch, before the clock rises (RM0008 3.3.3). */
const ACR_64MHZ = 0x12;
const TRIES = 5;

/**
 * Raises the core from HSI's 8 MHz to 64 MHz, no crystal needed. Resolves false where the part does not lock: it
 * then stays at 8 MHz. A system reset undoes it.
 */
export async function raiseCoreClock(target: Target): Promise<boolean> {
  await target.writeWord(FLASH.ACR, ACR_64MHZ);
  await target.writeWord(RCC.CFGR, CFGR_PLL);
  await target.writeWord(RCC.CR, (await target.readWord(RCC.CR)) | PLLON);
  for (let tries = 0; tries < TRIES; tries += 1) {
    if ((await target.readWord(RCC.CR)) & PLLRDY) {
      await target.writeWord(RCC.CFGR, CFGR_PLL | SW_PLL);
      return ((await target.readWord(RCC.CFGR)) & SWS_MASK) === SW_PLL << 2;
    }
    await target.link.clock.wait(1);
  }
  return false;
}
