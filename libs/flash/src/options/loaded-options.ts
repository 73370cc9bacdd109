import { hex } from '@boardwalk/contracts';
import type { Target } from '@boardwalk/debug';
import type { Series } from '@boardwalk/series';
import { FLASH } from '../controller/registers.ts';
import { decodeBytes, type ChipOptions, type OptionBytes } from './option-bytes.ts';

const WRP_BYTE = 4;

/**
 * Why the options that the chip has loaded are not those wanted; null: they are, or a system reset loads them anyway.
 * FLASH_OBR and FLASH_WRPR show what was loaded last. RDP is left out: they show whether it protects, not its value.
 */
export async function wrongLoaded(
  target: Target,
  { blocks, options: { loaded, loadedBy } }: Series,
  { fields }: ChipOptions,
  wanted: OptionBytes,
): Promise<string | null> {
  if (loadedBy === 'reset') return null;
  const obr = await target.readWord(blocks.flash + FLASH.OBR);
  if (obr & loaded.error) return 'the chip reports an error in the option bytes that it loaded (OPTERR)';
  const bytes = new Uint8Array(8);
  loaded.shifts.forEach((shift, i) => (bytes[1 + i] = (obr >>> shift) & 0xff));
  new DataView(bytes.buffer).setUint32(WRP_BYTE, await target.readWord(blocks.flash + FLASH.WRPR), true);
  const shown = decodeBytes(bytes, fields);
  const wrong = fields.find(([name, { byte }]) => byte > 0 && shown[name] !== wanted[name]);
  return wrong ? `the chip has loaded ${hex(shown[wrong[0]]!)} for ${wrong[0]}` : null;
}
