import { geometryOf, type FlashGeometry } from '@boardwalk/flash';
import type { Target } from '@boardwalk/probe';

const DBGMCU_IDCODE = 0xe0042000;
const FLASH_SIZE = 0x1ffff7e0;

/** The flash of the target at hand, by its device id and size register. @throws FlashError */
export async function geometryOfTarget(target: Target): Promise<FlashGeometry> {
  return geometryOf(await target.readWord(DBGMCU_IDCODE), await target.readHalfWord(FLASH_SIZE));
}
