import { hex32 } from '@boardwalk/contracts';
import { SERIES_NAMES } from '@boardwalk/series';
import { ImageError } from '../errors.ts';
import { PROGRAM_HEADER_BYTES, SECTION_HEADER_BYTES, type ElfHeader } from './elf-header.ts';
import { LIMITS } from './limits.ts';
import { mib } from './words.ts';

const PT_LOAD = 1;
const LONGEST_NAME = 40;

/** A piece that a loader would copy: bytes of the file at an address (TIS ELF 1.2, "Program Header"). */
export interface ElfSegment {
  readonly index: number;
  readonly offset: number;
  readonly virtual: number;
  /** Where its bytes are stored: the physical address, or the virtual one where the file has no physical ones. */
  readonly load: number;
  readonly fileBytes: number;
  readonly memoryBytes: number;
}

/** Bytes of the file that go to an address. */
export interface ElfPart {
  readonly address: number;
  readonly offset: number;
  readonly bytes: number;
  readonly where: string;
}

export interface ElfSection {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly offset: number;
  readonly bytes: number;
}

/** The segments that are loaded; their bytes are inside the file. @throws ImageError */
export function loadSegments({ view, programs, programsAt }: ElfHeader): ElfSegment[] {
  const found = Array.from({ length: programs }, (_, index) => ({
    index,
    at: programsAt + index * PROGRAM_HEADER_BYTES,
  }))
    .filter(({ at }) => view.getUint32(at, true) === PT_LOAD)
    .map(({ index, at }) => {
      const [offset, virtual, physical, fileBytes, memoryBytes] = [4, 8, 12, 16, 20].map((field) =>
        view.getUint32(at + field, true),
      ) as [number, number, number, number, number];
      const where = `program header ${index}`;
      if (offset + fileBytes > view.byteLength)
        throw cutOff('segment', { bytes: fileBytes, offset, end: view.byteLength }, where);
      if (fileBytes > memoryBytes)
        throw new ImageError('image.format:segment', { file: fileBytes, memory: memoryBytes }, where);
      return { index, offset, virtual, physical, fileBytes, memoryBytes };
    });
  refuseTooMuch(found.reduce((sum, { fileBytes }) => sum + fileBytes, 0));
  // Some linkers leave every physical address 0: then the virtual ones are meant.
  const stated = found.some(({ physical }) => physical !== 0);
  return found.map(({ physical, ...segment }) => ({ ...segment, load: stated ? physical : segment.virtual }));
}

/** @throws ImageError for more than any known chip has: before a byte of it is looked at */
export function refuseTooMuch(bytes: number): void {
  if (bytes <= LIMITS.dataBytes) return;
  const sizes = { mib: mib(bytes), most: mib(LIMITS.dataBytes) };
  throw new ImageError('image.too_large:elf', { ...sizes, series: SERIES_NAMES });
}

/** Bytes that are said to be in the file, and are not. */
export function cutOff(
  part: 'segment' | 'section',
  { bytes, offset, end }: { readonly bytes: number; readonly offset: number; readonly end: number },
  where: string,
): ImageError {
  const found = { part, bytes, offset: hex32(offset), end: hex32(end) };
  return new ImageError('image.truncated:content', found, where);
}

/** Every section header. Nothing of the sections themselves is read. */
export function readSections(header: ElfHeader): ElfSection[] {
  const { view, sections, sectionsAt } = header;
  return Array.from({ length: sections }, (_, index) => {
    const at = sectionsAt + index * SECTION_HEADER_BYTES;
    const [type, flags, address, offset, bytes] = [4, 8, 12, 16, 20].map((field) =>
      view.getUint32(at + field, true),
    ) as [number, number, number, number, number];
    return { name: nameOf(header, index), type, flags, address, offset, bytes };
  });
}

/** A section as a sentence names it: `section 2 (.text)`, without the name where it cannot be read. */
function nameOf({ view, sectionsAt, sections, nameSection }: ElfHeader, index: number): string {
  const plain = `section ${index}`;
  if (nameSection >= sections) return plain;
  const tableAt = view.getUint32(sectionsAt + nameSection * SECTION_HEADER_BYTES + 16, true);
  const from = tableAt + view.getUint32(sectionsAt + index * SECTION_HEADER_BYTES, true);
  let name = '';
  for (let at = from; at < view.byteLength && name.length < LONGEST_NAME; at += 1) {
    const byte = view.getUint8(at);
    if (byte <= 0x20 || byte > 0x7e) break;
    name += String.fromCharCode(byte);
  }
  return name === '' ? plain : `${plain} (${name})`;
}
