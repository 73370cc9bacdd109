import { ImageError } from '../errors.ts';
import { imageOf, type Image, type Piece } from './image.ts';

const PT_LOAD = 1;
const EM_ARM = 40;
const HEADER_BYTES = 52;
const PROGRAM_HEADER_BYTES = 32;

/** ELF32 little-endian for ARM: what its PT_LOAD segments put at their physical addresses (TIS ELF 1.2). @throws ImageError */
export function readElf(bytes: Uint8Array): Image {
  if (bytes.length < HEADER_BYTES) throw new ImageError('image.truncated', 'The ELF header is cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint8(4) !== 1 || view.getUint8(5) !== 1 || view.getUint16(18, true) !== EM_ARM) {
    throw new ImageError(
      'image.format',
      'The ELF file is not 32-bit little-endian ARM',
      null,
      'Build it for a Cortex-M3.',
    );
  }
  const tableAt = view.getUint32(28, true);
  const entryBytes = view.getUint16(42, true);
  const count = view.getUint16(44, true);
  const pieces: Piece[] = [];
  for (let i = 0; i < count; i += 1) {
    const at = tableAt + i * entryBytes;
    const where = `program header ${i}`;
    if (entryBytes < PROGRAM_HEADER_BYTES || at + PROGRAM_HEADER_BYTES > bytes.length) {
      throw new ImageError('image.truncated', 'A program header lies outside the file', where);
    }
    if (view.getUint32(at, true) !== PT_LOAD) continue;
    const from = view.getUint32(at + 4, true);
    const size = view.getUint32(at + 16, true);
    if (from + size > bytes.length)
      throw new ImageError('image.truncated', 'A segment lies outside the file', where);
    pieces.push({ address: view.getUint32(at + 12, true), data: bytes.slice(from, from + size), where });
  }
  return imageOf('elf', pieces);
}
