import { RefusalError, type Params } from '@boardwalk/contracts';
import { hexAddress } from '@boardwalk/debug';

export type FlashErrorCode =
  | 'flash.unknown_family'
  | 'flash.outside'
  | 'flash.wrong_image'
  | 'flash.read_protected'
  | 'flash.write_protected'
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
export class FlashError extends RefusalError<FlashErrorCode> {
  declare readonly remedy: string;
  readonly address: number | null;

  constructor(code: FlashErrorCode, message: string, { remedy, address, cause }: FlashErrorDetails) {
    const params: Params = address === undefined ? {} : { address: hexAddress(address) };
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
