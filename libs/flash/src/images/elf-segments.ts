import { ImageError } from '../errors.ts';
import { headersEnd, PROGRAM_HEADER_BYTES, type ElfHeader } from './elf-header.ts';
import type { ElfPart, ElfSegment } from './elf-tables.ts';

/** The smallest page of flash: firmware begins at one. */
const PAGE_BYTES = 1024;

/** The bytes that a file without sections puts into flash, by its segments. @throws ImageError */
export function partsOfSegments(
  bytes: Uint8Array,
  header: ElfHeader,
  segments: readonly ElfSegment[],
): ElfPart[] {
  const end = headersEnd(header);
  return segments.map((segment) => {
    const { offset, fileBytes, load, index } = segment;
    const where = `program header ${index}`;
    refuseHeadersWithin(header, segment, end, where);
    const from = offset < end ? afterPadding(bytes, segment, end) : offset;
    return {
      address: load + from - offset,
      offset: from,
      bytes: Math.max(0, offset + fileBytes - from),
      where,
    };
  });
}

/** Zeros between headers and firmware are padding up to the page of flash where something begins. */
function afterPadding(bytes: Uint8Array, { offset, fileBytes, load }: ElfSegment, end: number): number {
  const last = offset + fileBytes;
  let from = Math.min(end, last);
  while (from < last && bytes[from] === 0) from += 1;
  const address = load + from - offset;
  return Math.max(Math.min(end, last), from - (address % PAGE_BYTES));
}

/** @throws ImageError for program headers after the firmware: where it ends, nothing says */
function refuseHeadersWithin(
  { programsAt, programs }: ElfHeader,
  segment: ElfSegment,
  end: number,
  where: string,
): void {
  const tableEnd = programsAt + programs * PROGRAM_HEADER_BYTES;
  if (tableEnd <= end || segment.offset >= tableEnd || segment.offset + segment.fileBytes <= programsAt)
    return;
  throw new ImageError('image.format:own-headers', {}, where);
}
