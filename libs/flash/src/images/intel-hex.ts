import { ImageError } from '../errors.ts';
import { imageOf, type Image, type Piece } from './image.ts';

const DATA = 0;
const END = 1;
const SEGMENT_BASE = 2;
const LINEAR_BASE = 4;
/** Start addresses (03, 05) say where to run, not what to store. */
const KNOWN = new Set([DATA, END, SEGMENT_BASE, 3, LINEAR_BASE, 5]);

/** Intel HEX (Intel "Hexadecimal Object File Format", revision A). @throws ImageError with the line */
export function readIntelHex(text: string): Image {
  const pieces: Piece[] = [];
  let base = 0;
  let ended = false;
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    const where = `line ${index + 1}`;
    if (line.trim() === '') return;
    if (ended) throw new ImageError('image.format', 'There is data behind the end record', where);
    const record = parse(line.trim(), where);
    const { type, offset, data } = record;
    if (type === DATA) pieces.push({ address: (base + offset) >>> 0, data, where });
    else if (type === SEGMENT_BASE) base = base16(data, where) << 4;
    else if (type === LINEAR_BASE) base = (base16(data, where) << 16) >>> 0;
    else if (type === END) ended = true;
  });
  if (!ended) throw new ImageError('image.truncated', 'The end record is missing: the file is cut off');
  return imageOf('hex', pieces);
}

function parse(line: string, where: string): { type: number; offset: number; data: Uint8Array } {
  if (!/^:(?:[0-9a-f]{2})+$/i.test(line))
    throw new ImageError('image.format', 'This is not an Intel HEX record', where);
  const bytes = Uint8Array.from(Buffer.from(line.slice(1), 'hex'));
  const count = bytes[0]!;
  if (bytes.length !== count + 5) throw new ImageError('image.truncated', 'The record is cut off', where);
  const sum = bytes.reduce((total, byte) => (total + byte) & 0xff, 0);
  if (sum !== 0) throw new ImageError('image.checksum', 'The record’s checksum is wrong', where);
  const type = bytes[3]!;
  if (!KNOWN.has(type)) throw new ImageError('image.format', `There is no record type ${type}`, where);
  return { type, offset: (bytes[1]! << 8) | bytes[2]!, data: bytes.slice(4, 4 + count) };
}

function base16(data: Uint8Array, where: string): number {
  if (data.length !== 2) throw new ImageError('image.format', 'The address record is not two bytes', where);
  return (data[0]! << 8) | data[1]!;
}
