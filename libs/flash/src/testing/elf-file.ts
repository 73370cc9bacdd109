/** A section of an ELF file to be built: with bytes, or without any in the file. */
export interface BuiltSection {
  readonly name: string;
  readonly data?: Uint8Array | readonly number[];
  /** Size of a section that has no bytes in the file (NOBITS). */
  readonly nobits?: number;
  readonly type?: number;
  readonly flags?: number;
  /** Zeros before it in its segment. */
  readonly gap?: number;
}

/** A segment to be loaded: its sections follow each other. */
export interface BuiltSegment {
  /** The address of its first section where it runs, and where it is stored. */
  readonly virtual: number;
  readonly physical: number;
  readonly sections: readonly BuiltSection[];
  /** The segment begins with the file's own headers, as GNU ld makes it with large pages. */
  readonly withHeaders?: boolean;
  /** Zeros between the headers, or the segment before, and the first section. */
  readonly padding?: number;
}

const HEADER = 52;
const PROGRAM = 32;
const SECTION = 40;
const ALLOC = 2;

interface Placed {
  readonly section: BuiltSection;
  readonly address: number;
  readonly offset: number;
  readonly bytes: number;
}

/** An ELF32 executable for ARM. `named`: with section headers. `change` may break it. */
export function elfFile(
  segments: readonly BuiltSegment[],
  { named = true, change }: { named?: boolean; change?: (view: DataView, bytes: Uint8Array) => void } = {},
): Uint8Array {
  const placed: Placed[][] = [];
  let offset = HEADER + segments.length * PROGRAM;
  for (const { sections, virtual, padding = 0 } of segments) {
    offset += padding;
    let address = virtual;
    placed.push(
      sections.map((section) => {
        const bytes = section.nobits ?? section.data?.length ?? 0;
        offset += section.gap ?? 0;
        address += section.gap ?? 0;
        const place = { section, address, offset, bytes };
        address += bytes;
        if (section.nobits === undefined) offset += bytes;
        return place;
      }),
    );
  }
  const headers = named ? [null, ...placed.flat(), 'names' as const] : [];
  const names = `\0${placed
    .flat()
    .map(({ section }) => `${section.name}\0`)
    .join('')}.shstrtab\0`;
  const file = Buffer.alloc(offset + (named ? names.length + headers.length * SECTION : 0));
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  file.write('\x7fELF\x01\x01\x01', 0, 'latin1');
  const words = (at: number, ...values: number[]): void =>
    values.forEach((value, i) => view.setUint32(at + i * 4, value >>> 0, true));
  const halves = (at: number, ...values: number[]): void =>
    values.forEach((value, i) => view.setUint16(at + i * 2, value, true));
  halves(16, 2, 40);
  words(20, 1, placed[0]?.[0]?.address ?? 0, HEADER, named ? offset + names.length : 0, 0x05000000);
  halves(
    40,
    HEADER,
    PROGRAM,
    segments.length,
    named ? SECTION : 0,
    headers.length,
    Math.max(0, headers.length - 1),
  );
  segments.forEach((segment, i) => words(HEADER + i * PROGRAM, ...programHeader(segment, placed[i]!)));
  for (const { section, offset: at } of placed.flat()) if (section.data) file.set(section.data, at);
  if (named) {
    file.write(names, offset, 'latin1');
    headers.forEach((entry, i) => {
      if (entry !== null) words(offset + names.length + i * SECTION, ...sectionHeader(entry, names, offset));
    });
  }
  const bytes = new Uint8Array(file);
  change?.(new DataView(bytes.buffer), bytes);
  return bytes;
}

function programHeader(
  { virtual, physical, withHeaders = false }: BuiltSegment,
  placed: readonly Placed[],
): number[] {
  const from = withHeaders ? 0 : (placed[0]?.offset ?? 0);
  const before = (placed[0]?.offset ?? 0) - from;
  const inFile = placed.filter(({ section }) => section.nobits === undefined);
  const fileEnd = inFile.length === 0 ? from : Math.max(...inFile.map(({ offset, bytes }) => offset + bytes));
  const memoryEnd = Math.max(...placed.map(({ address, bytes }) => address + bytes), virtual);
  return [1, from, virtual - before, physical - before, fileEnd - from, memoryEnd - virtual + before, 7, 4];
}

function sectionHeader(entry: Placed | 'names', names: string, namesAt: number): number[] {
  if (entry === 'names')
    return [names.indexOf('\0.shstrtab') + 1, 3, 0, 0, namesAt, names.length, 0, 0, 1, 0];
  const { section, address, offset, bytes } = entry;
  const type = section.type ?? (section.nobits === undefined ? 1 : 8);
  const name = names.indexOf(`\0${section.name}\0`) + 1;
  return [name, type, section.flags ?? ALLOC, address, offset, bytes, 0, 0, 4, 0];
}
