import { FLASH_BASE } from '@boardwalk/series';
import { z } from 'zod';
import { hex32 } from './hex.ts';
import { ListQuery } from './lists.ts';
import { Address, Sha256, Timestamp } from './primitives.ts';

export const ImageFormat = z.enum(['bin', 'hex', 'srec', 'elf']);
export type ImageFormat = z.infer<typeof ImageFormat>;

const file = {
  fileSha256: Sha256.meta({
    description: 'SHA-256 of the file; it names the image where it is in one image only',
  }),
  name: z.string().meta({ description: 'a label; the content decides the format' }),
  format: ImageFormat,
  at: Address.nullable().meta({
    description:
      'where a raw file starts, or where a file with addresses was moved to; null: as the file says',
  }),
  raw: z.boolean().meta({ description: 'true: a person said that the bytes are to be taken as they are' }),
  fileBytes: z.int(),
};

/** A file that an image came in. */
export const ImageFile = z.object({ ...file, createdAt: Timestamp }).meta({ id: 'ImageFile' });
export type ImageFile = z.infer<typeof ImageFile>;

/** Firmware in a list, by the first file that it came in. */
export const ImageSummary = z
  .object({
    id: Sha256.meta({
      description:
        'SHA-256 over the segments in order: address and length of each as u32, high byte first, then its bytes',
    }),
    ...file,
    bytes: z.int().meta({ description: 'bytes over all segments: what goes to flash' }),
    createdAt: Timestamp,
  })
  .meta({ id: 'ImageSummary' });
export type ImageSummary = z.infer<typeof ImageSummary>;

/** Firmware as stored. Its own fields are those of the file that was uploaded or named, else of its first one. */
export const Image = ImageSummary.extend({
  segments: z.array(z.object({ address: Address, bytes: z.int() })),
  files: z.array(ImageFile),
  earlierIds: z.array(Sha256).meta({ description: 'ids of earlier versions; they name this image too' }),
}).meta({ id: 'Image' });
export type Image = z.infer<typeof Image>;

export const ImageQuery = ListQuery;
export type ImageQuery = z.infer<typeof ImageQuery>;

export const UploadImageQuery = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'a label; the content decides the format' }),
  format: ImageFormat.optional().meta({
    description: 'what the file is said to be; refused where it is not',
  }),
  at: Address.optional().meta({
    description: `where a raw file starts, by default ${hex32(FLASH_BASE)}; refused for a file that has addresses`,
  }),
  moveTo: Address.optional().meta({
    description: 'moves a file that has addresses: its lowest one becomes this; refused for a raw file',
  }),
  raw: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'true: take the bytes as they are, also without a plausible vector table' }),
});
export type UploadImageQuery = z.infer<typeof UploadImageQuery>;
