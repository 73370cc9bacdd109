import { BOOT_CODE_OFFSET } from '../profiles/f0-boot-rom.ts';
import type { BoardProfile } from '../profiles/profile.ts';

/** System memory: the profile's vectors and code, then filler of our own that is the same for each part of a profile. */
export function bootRomOf(profile: BoardProfile): Uint8Array {
  const rom = new Uint8Array(profile.bootRomBytes).fill(0xff);
  if (!profile.bootRomVectors) return rom;
  const view = new DataView(rom.buffer);
  profile.bootRomVectors.forEach((word, i) => view.setUint32(i * 4, word, true));
  let seed = profile.idcode ^ (profile.rom.pidr[0] << 8) ^ profile.bootRomVectors[1];
  for (let at = 16; at < 0x7a8; at += 1) {
    seed = (Math.imul(seed, 1103515245) + 12345) | 0;
    rom[at] = seed >>> 16;
  }
  profile.bootRomProgram.forEach((halfWord, i) => view.setUint16(BOOT_CODE_OFFSET + 2 * i, halfWord, true));
  return rom;
}
