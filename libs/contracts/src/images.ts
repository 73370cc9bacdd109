import { z } from 'zod';
import { Address, Sha256, Timestamp } from './primitives.ts';

export const ImageFormat = z.enum(['bin', 'hex', 'srec', 'elf']);
export type ImageFormat = z.infer<typeof ImageFormat>;

/** Firmware as stored: `id` is the SHA-256 of the file's bytes, `sizeBytes` counts what goes to flash. */
export const Image = z
  .object({
    id: Sha256,
    name: z.string(),
    format: ImageFormat,
    segments: z.array(z.object({ address: Address, bytes: z.int() })),
    bytes: z.int().meta({ description: 'bytes over all segments' }),
    fileBytes: z.int(),
    createdAt: Timestamp,
  })
  .meta({ id: 'Image' });
export type Image = z.infer<typeof Image>;

export const UploadImageQuery = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  format: ImageFormat.optional(),
  at: Address.optional().meta({ description: 'where a .bin starts; default is the flash base 0x08000000' }),
});
