/** A file format that is no firmware image, known by bytes at a fixed place. */
export interface Container {
  readonly name: string;
  readonly at: number;
  readonly magic: readonly number[];
  readonly remedy: string;
  /** Bytes that a short magic number needs as well: offset, lowest and highest value. */
  readonly also?: readonly (readonly [at: number, low: number, high: number])[];
}

const UNPACK = 'Unpack it, and give the .bin, .hex, .srec or .elf inside.';
const SOURCE = 'Give the .bin, .hex or .elf file that it was made from.';
const PROGRAM = 'Give the firmware that was built for the board: .bin, .hex, .srec or .elf.';
const DOCUMENT = 'Give the firmware itself: .bin, .hex, .srec or .elf.';

const ascii = (text: string): number[] => [...Buffer.from(text, 'latin1')];
const row = (
  name: string,
  magic: readonly number[],
  remedy: string,
  at = 0,
  also: Container['also'] = [],
): Container => ({ name, at, magic, remedy, also });

/**
 * Magic numbers as the formats' own documents have them, and file(1). None of them can begin firmware for a Cortex-M:
 * its first word is a stack pointer, 0x20…, low byte first and a multiple of 4.
 */
export const CONTAINERS: readonly Container[] = [
  row('a UF2 container', ascii('UF2\n'), SOURCE),
  row('a DfuSe file', ascii('DfuSe'), 'Give the file that it was made from, or extract its target image.'),
  row('a zip archive', [...ascii('PK'), 3, 4], UNPACK),
  row('a zip archive without files', [...ascii('PK'), 5, 6], UNPACK),
  row('a part of a zip archive', [...ascii('PK'), 7, 8], UNPACK),
  row('a gzip file', [0x1f, 0x8b], UNPACK),
  row('a compressed file (compress)', [0x1f, 0x9d], UNPACK),
  row('an xz file', [0xfd, ...ascii('7zXZ'), 0], UNPACK),
  row('a bzip2 file', ascii('BZh'), UNPACK),
  row('a 7-Zip archive', [...ascii('7z'), 0xbc, 0xaf, 0x27, 0x1c], UNPACK),
  row('a Zstandard file', [0x28, 0xb5, 0x2f, 0xfd], UNPACK),
  row('an LZ4 file', [0x04, 0x22, 0x4d, 0x18], UNPACK),
  row('an LZMA file', [0x5d, 0, 0], UNPACK),
  row('an lzip file', ascii('LZIP'), UNPACK),
  row('a RAR archive', [...ascii('Rar!'), 0x1a, 7], UNPACK),
  row('a cabinet archive', ascii('MSCF'), UNPACK),
  row('a cpio archive', ascii('07070'), UNPACK),
  row('a tar archive', ascii('ustar'), UNPACK, 257),
  row(
    'an ar archive: a library of object files (.a) or a Debian package',
    ascii('!<arch>\n'),
    'Link it, and give the linked .elf.',
  ),
  row('a thin ar archive', ascii('!<thin>\n'), 'Link it, and give the linked .elf.'),
  row('a Windows program (PE)', ascii('MZ'), PROGRAM),
  row('a macOS program (Mach-O)', [0xfe, 0xed, 0xfa, 0xce], PROGRAM),
  row('a macOS program (Mach-O)', [0xfe, 0xed, 0xfa, 0xcf], PROGRAM),
  row('a macOS program (Mach-O)', [0xce, 0xfa, 0xed, 0xfe], PROGRAM),
  row('a macOS program (Mach-O)', [0xcf, 0xfa, 0xed, 0xfe], PROGRAM),
  row('a Java class or a universal macOS program', [0xca, 0xfe, 0xba, 0xbe], PROGRAM),
  row('a WebAssembly module', [0, ...ascii('asm')], PROGRAM),
  row('LLVM bitcode', [...ascii('BC'), 0xc0, 0xde], 'Link it, and give the linked .elf.'),
  row('a U-Boot image', [0x27, 0x05, 0x19, 0x56], SOURCE),
  row('a device tree', [0xd0, 0x0d, 0xfe, 0xed], PROGRAM),
  row('an Android boot image', ascii('ANDROID!'), PROGRAM),
  row(
    'an MCUboot image with its header',
    [0x3d, 0xb8, 0xf3, 0x96],
    'To write it as it is into an MCUboot slot, say so with --raw --at ADDRESS (REST: raw=true&at=ADDRESS); else give the .bin without header.',
  ),
  row('a sparse Android image', [0x3a, 0xff, 0x26, 0xed], PROGRAM),
  // Segments, flash mode (Espressif, "Firmware Image Format").
  row('an image for an ESP chip', [0xe9], PROGRAM, 0, [
    [1, 1, 16],
    [2, 0, 5],
  ]),
  row('an RPM package', [0xed, 0xab, 0xee, 0xdb], UNPACK),
  row('a SquashFS file system', ascii('hsqs'), UNPACK),
  row('a UBI image', ascii('UBI#'), UNPACK),
  row('an ISO 9660 file system', ascii('CD001'), UNPACK, 32_769, [[3, 0, 0]]),
  row('a FAT file system', [0x55, 0xaa], UNPACK, 510, [
    [0, 0xeb, 0xeb],
    [2, 0x90, 0x90],
  ]),
  row('a RIFF file (sound, picture or film)', ascii('RIFF'), DOCUMENT),
  row('a sound file (MP3)', [...ascii('ID3'), 3], DOCUMENT),
  row('a sound file (Ogg)', [...ascii('OggS'), 0], DOCUMENT),
  row('a PDF document', ascii('%PDF-'), DOCUMENT),
  row('a PNG picture', [0x89, ...ascii('PNG')], DOCUMENT),
  row('a JPEG picture', [0xff, 0xd8, 0xff], DOCUMENT),
  row('a GIF picture', ascii('GIF8'), DOCUMENT),
  row('an SQLite database', ascii('SQLite format 3\0'), DOCUMENT),
  row('an old Office document', [0xd0, 0xcf, 0x11, 0xe0], DOCUMENT),
  row('UTF-16 text', [0xff, 0xfe], 'Save it as plain ASCII text, and give it again.'),
  row('UTF-16 text', [0xfe, 0xff], 'Save it as plain ASCII text, and give it again.'),
];

/** Length of the suffix that dfu-util appends, and what is in it (USB DFU 1.1, appendix B). */
const SUFFIX_BYTES = 16;
const SUFFIX_MARK = ascii('UFD');

/** The container that a file is, or null. */
export function containerOf(bytes: Uint8Array): Pick<Container, 'name' | 'remedy'> | null {
  const known = CONTAINERS.find(
    ({ at, magic, also = [] }) =>
      magic.every((byte, i) => bytes[at + i] === byte) &&
      also.every(([place, low, high]) => bytes[place]! >= low && bytes[place]! <= high),
  );
  if (known) return known;
  const suffix = bytes.length - SUFFIX_BYTES;
  const marked = SUFFIX_MARK.every((byte, i) => bytes[suffix + 8 + i] === byte);
  if (suffix <= 0 || !marked || bytes[suffix + 11] !== SUFFIX_BYTES) return null;
  return {
    name: 'a DFU file: its last 16 bytes are a DFU suffix',
    remedy: 'Remove the suffix with: dfu-suffix -D FILE, or give the file that it was made from.',
  };
}
