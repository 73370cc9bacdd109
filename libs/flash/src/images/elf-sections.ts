import { hex32 } from '@boardwalk/contracts';
import { ImageError } from '../errors.ts';
import { headersEnd, type ElfHeader } from './elf-header.ts';
import { cutOff, type ElfPart, type ElfSection, type ElfSegment } from './elf-tables.ts';

const SHF_ALLOC = 2;
const SHT_NULL = 0;
const SHT_NOBITS = 8;
/** PROGBITS, NOTE, the arrays of constructors and destructors, and ARM's table for unwinding (AAELF32). */
const LOADABLE = new Set([1, 7, 14, 15, 16, 0x70000001]);
/** RELA, HASH, DYNAMIC, REL, DYNSYM, and GNU's hashes and versions: tables that a dynamic linker works through. */
const DYNAMIC = new Set([4, 5, 6, 9, 11, 0x6ffffff6, 0x6ffffffd, 0x6ffffffe, 0x6fffffff]);

/**
 * The sections that are loaded, where their segment puts them. The address comes from the place in the file, as in
 * GNU's BFD: code may run elsewhere than it is stored.
 * @throws ImageError for one that is in no segment, or says more than the file has
 */
export function partsOfSections(
  bytes: Uint8Array,
  header: ElfHeader,
  segments: readonly ElfSegment[],
  sections: readonly ElfSection[],
): ElfPart[] {
  for (const section of sections) refuseCutOff(section, header);
  const loaded = sections.filter(isLoaded);
  const parts = loaded.map((section) => {
    check(section, header);
    const segment = segments.find((each) => holds(each, section));
    if (!segment)
      throw new ImageError('image.format:no-segment', { address: hex32(section.address) }, section.name);
    const address = segment.load + section.offset - segment.offset;
    return { segment, part: { address, offset: section.offset, bytes: section.bytes, where: section.name } };
  });
  const used = new Set(parts.map(({ segment }) => segment));
  for (const segment of segments) if (!used.has(segment)) refuseContent(bytes, header, segment);
  return parts.map(({ part }) => part);
}

const isLoaded = ({ type, flags, bytes }: ElfSection): boolean =>
  (flags & SHF_ALLOC) !== 0 && bytes > 0 && type !== SHT_NOBITS && type !== SHT_NULL;

/** Debug information that is cut off tells that the file is. @throws ImageError */
function refuseCutOff({ type, offset, bytes, name }: ElfSection, { view }: ElfHeader): void {
  if (type === SHT_NULL || type === SHT_NOBITS || offset + bytes <= view.byteLength) return;
  throw cutOff('section', { bytes, offset, end: view.byteLength }, name);
}

/** @throws ImageError */
function check({ type, offset, name }: ElfSection, header: ElfHeader): void {
  if (DYNAMIC.has(type)) throw new ImageError('image.format:dynamic', {}, name);
  if (!LOADABLE.has(type)) throw new ImageError('image.format:section-type', { type: hex32(type) }, name);
  if (offset < headersEnd(header)) throw new ImageError('image.format:section-headers', {}, name);
}

/** As BFD has it: by its bytes in the file, and by its addresses. */
function holds(segment: ElfSegment, { address, offset, bytes }: ElfSection): boolean {
  const inFile = offset >= segment.offset && offset + bytes <= segment.offset + segment.fileBytes;
  const inMemory = address >= segment.virtual && address + bytes <= segment.virtual + segment.memoryBytes;
  return inFile && inMemory;
}

/** A segment without sections has the file's headers and padding, or else bytes that would be lost. @throws ImageError */
function refuseContent(
  bytes: Uint8Array,
  header: ElfHeader,
  { offset, fileBytes, index, load }: ElfSegment,
): void {
  const from = Math.max(offset, headersEnd(header));
  if (bytes.subarray(from, Math.max(from, offset + fileBytes)).every((byte) => byte === 0)) return;
  const found = { address: hex32(load), bytes: fileBytes };
  throw new ImageError('image.format:no-section', found, `program header ${index}`);
}
