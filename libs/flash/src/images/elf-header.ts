import { ImageError } from '../errors.ts';
import { LIMITS } from './limits.ts';

const HEADER_BYTES = 52;
export const PROGRAM_HEADER_BYTES = 32;
export const SECTION_HEADER_BYTES = 40;
const EM_ARM = 40;

/** e_machine of what people take for firmware by mistake (ELF gABI, "Machine Information"). */
const MACHINES: Readonly<Record<number, string>> = {
  3: 'x86',
  8: 'MIPS',
  20: 'PowerPC',
  62: 'x86-64',
  83: 'AVR',
  94: 'Xtensa',
  105: 'MSP430',
  183: '64-bit ARM',
  243: 'RISC-V',
};

/** e_type of files that are not linked yet, or are no program. */
const NOT_PROGRAMS: Readonly<Record<number, 'image.format:object' | 'image.format:core-dump'>> = {
  1: 'image.format:object',
  4: 'image.format:core-dump',
};

/** Where the tables of an ELF file are; each is inside the file. */
export interface ElfHeader {
  readonly view: DataView;
  readonly programsAt: number;
  readonly programs: number;
  readonly sectionsAt: number;
  readonly sections: number;
  readonly nameSection: number;
}

/** ELF32 for ARM, little-endian (TIS ELF 1.2, book I). @throws ImageError */
export function readElfHeader(bytes: Uint8Array): ElfHeader {
  if (bytes.length < HEADER_BYTES)
    throw new ImageError('image.truncated:elf-header', { bytes: bytes.length });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  refuseOtherMachines(view);
  const header = {
    view,
    programsAt: view.getUint32(28, true),
    programs: view.getUint16(44, true),
    sectionsAt: view.getUint32(32, true),
    sections: view.getUint16(48, true),
    nameSection: view.getUint16(50, true),
  };
  checkTable(
    bytes.length,
    { ...PROGRAMS, at: header.programsAt, count: header.programs },
    view.getUint16(42, true),
  );
  checkTable(
    bytes.length,
    { ...SECTIONS, at: header.sectionsAt, count: header.sections },
    view.getUint16(46, true),
  );
  if (header.sections === 0 && header.sectionsAt !== 0) throw new ImageError('image.truncated:sections', {});
  return header;
}

/** The first offset after the ELF header and the program headers that follow it. */
export function headersEnd({ programsAt, programs }: ElfHeader): number {
  return programsAt <= HEADER_BYTES && programs > 0
    ? programsAt + programs * PROGRAM_HEADER_BYTES
    : HEADER_BYTES;
}

/** @throws ImageError */
function refuseOtherMachines(view: DataView): void {
  const elfClass = view.getUint8(4);
  const order = view.getUint8(5);
  if (elfClass === 2) throw new ImageError('image.format:64-bit', {});
  if (order === 2) throw new ImageError('image.format:big-endian', {});
  if (elfClass !== 1 || order !== 1)
    throw new ImageError('image.format:elf-class', { class: elfClass, order });
  const machine = view.getUint16(18, true);
  if (machine !== EM_ARM)
    throw new ImageError('image.format:machine', { machine: MACHINES[machine] ?? `machine ${machine}` });
  const noProgram = NOT_PROGRAMS[view.getUint16(16, true)];
  if (noProgram !== undefined) throw new ImageError(noProgram, {});
}

const PROGRAMS = { name: 'program header', entryBytes: PROGRAM_HEADER_BYTES };
const SECTIONS = { name: 'section header', entryBytes: SECTION_HEADER_BYTES };

interface Table {
  readonly name: string;
  readonly entryBytes: number;
  readonly at: number;
  readonly count: number;
}

/** @throws ImageError for a table that is too long, of another kind, or not in the file */
function checkTable(fileBytes: number, { name, entryBytes, at, count }: Table, said: number): void {
  if (count === 0) return;
  if (count > LIMITS.elfHeaders)
    throw new ImageError('image.too_large:table', { table: name, found: count, most: LIMITS.elfHeaders });
  if (said !== entryBytes)
    throw new ImageError('image.format:entry', { table: name, found: said, due: entryBytes });
  if (at + count * entryBytes <= fileBytes) return;
  const first = Math.max(0, Math.floor((fileBytes - at) / entryBytes));
  throw new ImageError('image.truncated:table', { table: name }, `${name} ${first}`);
}
