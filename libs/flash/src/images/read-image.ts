import { ImageError } from '../errors.ts';
import { readElf } from './elf.ts';
import { imageOf, type Image, type ImageFormat } from './image.ts';
import { readIntelHex } from './intel-hex.ts';
import { readSRecords } from './s-record.ts';

/** Where main flash begins on every STM32F1 (RM0008 3.3). */
export const FLASH_BASE = 0x08000000;

export interface ReadImageOptions {
  /** The file's name: its ending names the format where the content does not. */
  readonly name?: string;
  readonly format?: ImageFormat;
  /** Where a .bin starts; default the flash base. Other formats carry their own addresses. */
  readonly address?: number;
}

const ENDINGS: Readonly<Record<string, ImageFormat>> = {
  bin: 'bin',
  hex: 'hex',
  ihex: 'hex',
  ihx: 'hex',
  srec: 'srec',
  s19: 'srec',
  s28: 'srec',
  s37: 'srec',
  mot: 'srec',
  elf: 'elf',
  axf: 'elf',
};

/** Reads firmware from a file's bytes. @throws ImageError with the line or offset that is wrong */
export function readImage(bytes: Uint8Array, options: ReadImageOptions = {}): Image {
  if (bytes.length === 0) throw new ImageError('image.empty', 'The file is empty');
  const format = options.format ?? formatOf(bytes, options.name);
  switch (format) {
    case 'elf':
      return readElf(bytes);
    case 'hex':
      return readIntelHex(Buffer.from(bytes).toString('latin1'));
    case 'srec':
      return readSRecords(Buffer.from(bytes).toString('latin1'));
    case 'bin':
      return imageOf('bin', [{ address: options.address ?? FLASH_BASE, data: bytes, where: 'offset 0x0' }]);
  }
}

/** ELF by its magic, else by the name's ending, else by the first character; a raw binary otherwise. */
function formatOf(bytes: Uint8Array, name: string | undefined): ImageFormat {
  if (bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46) return 'elf';
  const ending = /\.([^./\\]+)$/.exec(name ?? '')?.[1]?.toLowerCase();
  const named = ending === undefined ? undefined : ENDINGS[ending];
  if (named === 'elf')
    throw new ImageError('image.format', 'The file is named as ELF but does not begin as one');
  if (named) return named;
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (/^:[0-9a-f]{10}/i.test(start)) return 'hex';
  if (/^S[0-9][0-9a-f]{6}/.test(start)) return 'srec';
  return 'bin';
}
