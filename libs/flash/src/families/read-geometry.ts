import type { Target } from '@boardwalk/debug';
import { geometryOf, type FlashGeometry } from './families.ts';

/** DBGMCU_IDCODE and the flash size register in KiB (RM0008, 31.6.1 and 30.1.1). */
const DBGMCU_IDCODE = 0xe0042000;
const FLASH_SIZE = 0x1ffff7e0;

/** The flash of the target at hand, by its device id and size register. @throws FlashError `flash.unknown_family` */
export async function readGeometry(target: Target): Promise<FlashGeometry> {
  return geometryOf(await target.readWord(DBGMCU_IDCODE), await target.readHalfWord(FLASH_SIZE));
}
