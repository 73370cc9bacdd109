import { RefusalError, said, type RefusalCode, type SentenceKey, type ValuesOf } from '@boardwalk/contracts';

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

export type ImageSentence = Extract<SentenceKey, `image.${string}`>;
export type ImageErrorCode = Extract<RefusalCode, `image.${string}`>;

/** The arguments that a caller gives with the bytes of a file. */
export type ImageArgument = 'at' | 'moveTo' | 'format' | 'raw';

/** A file that is not firmware, with the line or offset where it stops being one. */
export class ImageError<
  const Key extends ImageSentence = ImageSentence,
> extends RefusalError<ImageErrorCode> {
  declare readonly remedy: string;

  constructor(
    key: Key,
    values: ValuesOf<Key>,
    /** `line 12` or `offset 0x34`; null for the file as a whole. */
    readonly where: string | null = null,
    /** Set where the caller's own words are at fault, not the file. */
    readonly argument: ImageArgument | null = null,
  ) {
    const { code, message, remedy, params } = said(key, where === null ? values : { ...values, where });
    const pointed = argument === null ? params : { ...params, pointer: `/${argument}` };
    super(code, message, { params: pointed, remedy });
    this.name = 'ImageError';
  }
}
