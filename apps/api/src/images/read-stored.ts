import { rawImage, readImageInSlices, type Image, type ImageFormat } from '@boardwalk/flash';

/** How a stored file is read: as it was when it was uploaded. */
export interface StoredFile {
  readonly format: string;
  readonly at: string | null;
  readonly raw: boolean;
}

/** The image in a stored file. @throws ImageError where this version reads it no more */
export async function readStored(bytes: Uint8Array, { format, at, raw }: StoredFile): Promise<Image> {
  const address = at === null ? undefined : parseInt(at, 16);
  if (raw) return rawImage(bytes, address);
  if (format === 'bin') return readImageInSlices(bytes, address === undefined ? {} : { at: address });
  const moveTo = address === undefined ? {} : { moveTo: address };
  return readImageInSlices(bytes, { format: format as ImageFormat, ...moveTo });
}
