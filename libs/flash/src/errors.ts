export type FlashErrorCode =
  | 'flash.unknown_family'
  | 'flash.outside'
  | 'flash.wrong_image'
  | 'flash.read_protected'
  | 'flash.write_protected'
  | 'flash.erase_failed'
  | 'flash.program_failed'
  | 'flash.loader_failed'
  | 'flash.reads_unstable'
  | 'flash.timeout'
  | 'flash.options_not_taken'
  | 'flash.no_option'
  | 'flash.permanent'
  | 'flash.cancelled';

export interface FlashErrorDetails {
  readonly remedy: string;
  readonly address?: number;
  readonly cause?: unknown;
}

/** A flash operation that the target did not carry out: where, why, and what to do next. */
export class FlashError extends Error {
  readonly remedy: string;
  readonly address: number | null;

  constructor(
    readonly code: FlashErrorCode,
    message: string,
    details: FlashErrorDetails,
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'FlashError';
    this.remedy = details.remedy;
    this.address = details.address ?? null;
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

/** What a caller says about a file, beside its bytes. */
export type ImageArgument = 'at' | 'moveTo' | 'format' | 'raw';

/** A file that is not firmware, with the line or offset where it stops being one. */
export class ImageError extends Error {
  readonly remedy: string;

  constructor(
    readonly code: ImageErrorCode,
    message: string,
    /** `line 12` or `offset 0x34`; null for the file as a whole. */
    readonly where: string | null = null,
    remedy = 'Build the firmware again, or copy the file again: it may be damaged.',
    /** Set where the caller's own words are at fault, not the file. */
    readonly argument: ImageArgument | null = null,
  ) {
    super(where ? `${message} (${where}).` : `${message}.`);
    this.name = 'ImageError';
    this.remedy = remedy;
  }
}
