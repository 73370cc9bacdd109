import { ImageError } from '../errors.ts';
import { imageOf, type Image, type Piece } from './image.ts';

/** Address bytes of each data record type (Motorola S-record format). */
const ADDRESS_BYTES: Readonly<Record<string, number>> = { 1: 2, 2: 3, 3: 4 };
const END_RECORDS = new Set(['7', '8', '9']);
const HEADER_AND_COUNTS = new Set(['0', '5', '6']);

/** Motorola S-records. @throws ImageError with the line */
export function readSRecords(text: string): Image {
  const pieces: Piece[] = [];
  let ended = false;
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    const where = `line ${index + 1}`;
    if (line.trim() === '') return;
    if (ended) throw new ImageError('image.format', 'There is data behind the end record', where);
    const match = /^S(\d)((?:[0-9a-f]{2})+)$/i.exec(line.trim());
    if (!match) throw new ImageError('image.format', 'This is not an S-record', where);
    const [, type, digits] = match as unknown as [string, string, string];
    const bytes = Uint8Array.from(Buffer.from(digits, 'hex'));
    if (bytes.length !== bytes[0]! + 1)
      throw new ImageError('image.truncated', 'The record is cut off', where);
    if (bytes.reduce((total, byte) => (total + byte) & 0xff, 0) !== 0xff) {
      throw new ImageError('image.checksum', 'The record’s checksum is wrong', where);
    }
    const width = ADDRESS_BYTES[type];
    if (width !== undefined) {
      const address = bytes.slice(1, 1 + width).reduce((value, byte) => value * 256 + byte, 0);
      pieces.push({ address, data: bytes.slice(1 + width, -1), where });
    } else if (END_RECORDS.has(type)) ended = true;
    else if (!HEADER_AND_COUNTS.has(type))
      throw new ImageError('image.format', `There is no record type S${type}`, where);
  });
  if (!ended) throw new ImageError('image.truncated', 'The end record is missing: the file is cut off');
  return imageOf('srec', pieces);
}
