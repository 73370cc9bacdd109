import { readDevice, type Target } from '@boardwalk/debug';
import { geometryOfLine, unknownFamily, type FlashGeometry } from './families.ts';

/** The flash of the target at hand, by its device id and size register. @throws FlashError `flash.unknown_family` */
export async function readGeometry(target: Target): Promise<FlashGeometry> {
  const { idcode, series, line } = await readDevice(target);
  if (!line) throw unknownFamily(idcode);
  return geometryOfLine(line, await target.readHalfWord(series.signature.flashSize));
}
