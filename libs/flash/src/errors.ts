import {
  RefusalError,
  said,
  type Params,
  type RefusalCode,
  type SentenceKey,
  type ValuesOf,
} from '@boardwalk/contracts';

export type FlashSentence = Extract<SentenceKey, `flash.${string}`>;
export type FlashErrorCode = Extract<RefusalCode, `flash.${string}`>;

export interface FlashErrorDetails {
  readonly address?: number;
  readonly cause?: unknown;
}

/** A flash operation that the target did not carry out: where, why, and what to do next. */
export class FlashError<
  const Key extends FlashSentence = FlashSentence,
> extends RefusalError<FlashErrorCode> {
  declare readonly remedy: string;
  readonly address: number | null;

  constructor(key: Key, values: ValuesOf<Key>, { address, cause }: FlashErrorDetails = {}) {
    const { code, message, remedy, params } = said(key, values);
    super(code, message, { params, remedy, cause });
    this.name = 'FlashError';
    this.address = address ?? null;
  }
}

export type ImageErrorCode =
  | 'image.empty'
  | 'image.format'
  | 'image.truncated'
  | 'image.checksum'
  | 'image.count'
  | 'image.overlap'
  | 'image.address'
  | 'image.too_large'
  | 'image.vectors'
  | 'image.argument';

/** The arguments that a caller gives with the bytes of a file. */
export type ImageArgument = 'at' | 'moveTo' | 'format' | 'raw';

/** A file that is not firmware, with the line or offset where it stops being one. */
export class ImageError extends RefusalError<ImageErrorCode> {
  declare readonly remedy: string;
  constructor(
    code: ImageErrorCode,
    message: string,
    /** `line 12` or `offset 0x34`; null for the file as a whole. */
    readonly where: string | null = null,
    remedy?: string,
    /** Set where the caller's own words are at fault, not the file. */
    readonly argument: ImageArgument | null = null,
  ) {
    const params: Params = {
      ...(where === null ? {} : { where }),
      ...(argument === null ? {} : { pointer: `/${argument}` }),
    };
    super(code, where ? `${message} (${where}).` : `${message}.`, { params, remedy });
    this.name = 'ImageError';
  }
}
