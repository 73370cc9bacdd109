import { LARGEST_FLASH_BYTES } from '@boardwalk/series';
import { z } from 'zod';
import { Address } from './primitives.ts';

/** Flash beside the image that holds one byte value all over. */
export const Fill = z
  .strictObject({
    from: Address.optional(),
    bytes: z.int().min(1).max(LARGEST_FLASH_BYTES).optional(),
    to: Address.optional().meta({ description: 'the first address behind the range; instead of bytes' }),
    value: z
      .int()
      .min(0)
      .max(0xff)
      .default(0xff)
      .meta({ description: '255 is blank flash: it is erased and verified, and nothing is programmed' }),
  })
  .superRefine(({ from, bytes, to }, issues) => {
    const refuse = (field: string, message: string): void =>
      issues.addIssue({ code: 'custom', path: [field], message });
    if (from === undefined) {
      if (bytes !== undefined || to !== undefined) refuse('from', 'say where the range begins');
      return;
    }
    if ((bytes === undefined) === (to === undefined)) refuse('bytes', 'say either bytes or to');
    if (to !== undefined && parseInt(to, 16) <= parseInt(from, 16))
      refuse('to', 'lies before the range begins');
  })
  .meta({
    id: 'FillInput',
    outputId: 'Fill',
    description:
      'a range that neither image nor patches touch; without a range the gaps between the first byte of image and patches and their last',
    examples: [{ from: '0x0800c000', bytes: 1024, value: 0 }],
  });
export type Fill = z.infer<typeof Fill>;
