import {
  RefusalError,
  said,
  type Patch,
  type PatchEncoding,
  type SentenceKey,
  type ValuesOf,
} from '@boardwalk/contracts';

/** A value that cannot be written as its recipe says. */
export class PatchError<
  const Key extends PatchSentence = PatchSentence,
> extends RefusalError<'patch-misfit'> {
  constructor(key: Key, values: ValuesOf<Key>) {
    const { code, message, ...details } = said(key, values);
    super(code, message, details);
    this.name = 'PatchError';
  }
}

type PatchSentence = Extract<SentenceKey, `patch-misfit:${string}`>;

type Shape = Pick<Patch, 'encoding' | 'bytes' | 'pad'>;

/** Each encoding as bytes, at most as many as the patch has; shorter text is padded, everything else fills. */
const ENCODE: Readonly<Record<PatchEncoding, (value: string, shape: Shape) => Uint8Array>> = {
  ascii: (value, { bytes }) => {
    if (!/^[\x20-\x7e]*$/.test(value)) throw new PatchError('patch-misfit:ascii', { value });
    if (value.length > bytes) throw tooLong(value, bytes);
    return Buffer.from(value, 'latin1');
  },
  utf8: (value, { bytes }) => {
    const text = Buffer.from(value, 'utf8');
    if (text.length > bytes) throw tooLong(value, bytes);
    return text;
  },
  hex: (value, { bytes }) => {
    const digits = value.replace(/[:-]/g, '');
    if (!/^[0-9a-fA-F]*$/.test(digits) || digits.length !== bytes * 2)
      throw new PatchError('patch-misfit:hex', { value, bytes });
    return Buffer.from(digits, 'hex');
  },
  bcd: (value, { bytes }) => {
    if (!/^\d+$/.test(value)) throw new PatchError('patch-misfit:decimal', { value });
    if (value.length > bytes * 2) throw tooLong(value, bytes);
    return Buffer.from(value.padStart(bytes * 2, '0'), 'hex');
  },
  'uint-le': (value, { bytes }) => numberBytes(value, bytes).reverse(),
  'uint-be': (value, { bytes }) => numberBytes(value, bytes),
};

/** The bytes that a value takes in flash. @throws PatchError when it does not fit */
export function encodePatch(shape: Shape, value: string): Uint8Array {
  const encoded = ENCODE[shape.encoding](value, shape);
  const bytes = new Uint8Array(shape.bytes).fill(shape.pad);
  bytes.set(encoded);
  return bytes;
}

/** Decimal, or hex with 0x; big-endian. */
function numberBytes(value: string, bytes: number): Uint8Array {
  if (!/^(?:\d+|0x[0-9a-fA-F]+)$/.test(value)) throw new PatchError('patch-misfit:number', { value });
  const digits = BigInt(value).toString(16);
  if (digits.length > bytes * 2) throw tooLong(value, bytes);
  return Buffer.from(digits.padStart(bytes * 2, '0'), 'hex');
}

function tooLong(value: string, bytes: number): PatchError {
  return bytes === 1
    ? new PatchError('patch-misfit:one-byte', { value })
    : new PatchError('patch-misfit:bytes', { value, bytes });
}
