import { ImageError } from '../errors.ts';
import { ByteMap } from './byte-map.ts';
import { readElfHeader, type ElfHeader } from './elf-header.ts';
import { partsOfSections } from './elf-sections.ts';
import { partsOfSegments } from './elf-segments.ts';
import { loadSegments, readSections, refuseTooMuch, type ElfPart, type ElfSegment } from './elf-tables.ts';
import type { PlacedSegment } from './image.ts';
import type { Steps } from './steps.ts';

const PIECE_BYTES = 16 * 1024;

/** The bytes that an ELF file puts into flash: its loadable sections, never its own headers or what pads them. @throws ImageError */
export function* readElf(bytes: Uint8Array): Steps<PlacedSegment[]> {
  const header = readElfHeader(bytes);
  const segments = loadSegments(header);
  const parts = partsOf(bytes, header, segments);
  refuseTooMuch(parts.reduce((sum, { bytes: size }) => sum + size, 0));
  const map = new ByteMap((origin) => parts[origin - 1]!.where);
  for (const [index, part] of parts.entries()) {
    for (let done = 0; done < part.bytes; done += PIECE_BYTES) {
      const piece = Math.min(PIECE_BYTES, part.bytes - done);
      map.put(part.address + done, bytes, part.offset + done, piece, index + 1);
      yield;
    }
  }
  return yield* map.segments();
}

function partsOf(bytes: Uint8Array, header: ElfHeader, segments: readonly ElfSegment[]): ElfPart[] {
  if (segments.every(({ fileBytes }) => fileBytes === 0)) throw new ImageError('image.empty:segments', {});
  if (header.sections === 0) return partsOfSegments(bytes, header, segments);
  return partsOfSections(bytes, header, segments, readSections(header));
}
