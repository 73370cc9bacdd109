import { z } from 'zod';
import { Address, Name } from './primitives.ts';

/** How a value becomes bytes. Each takes a fixed number of bytes; a value that does not fit is refused. */
export const PatchEncoding = z.enum(['ascii', 'utf8', 'hex', 'bcd', 'uint-le', 'uint-be']).meta({
  id: 'PatchEncoding',
  description:
    'ascii, utf8: text, padded at its end; hex: digit pairs as they stand; bcd: two decimal digits a byte; ' +
    'uint-le, uint-be: the number that the text is, low or high byte first',
});
export type PatchEncoding = z.infer<typeof PatchEncoding>;

const place = {
  address: Address,
  encoding: PatchEncoding,
  bytes: z.int().min(1).max(256),
  pad: z.int().min(0).max(255).default(0).meta({ description: 'fills text that is shorter than its bytes' }),
};

/** Bytes that differ from board to board: where they stand, how they are written, where the value comes from. */
export const Patch = z
  .discriminatedUnion('from', [
    z.strictObject({ ...place, from: z.literal('range'), range: Name }),
    z.strictObject({ ...place, from: z.literal('scan') }),
    z.strictObject({ ...place, from: z.literal('unit'), field: z.string().min(1).max(32) }),
  ])
  .meta({ id: 'PatchInput', outputId: 'Patch' });
export type Patch = z.infer<typeof Patch>;

/** Two patches never claim the same byte, and one recipe takes one number from a range. */
export function refusePatches(patches: Patch[], issues: z.RefinementCtx<Patch[]>): void {
  for (const [index, patch] of patches.entries()) {
    const from = parseInt(patch.address, 16);
    if (from + patch.bytes > 2 ** 32)
      issues.addIssue({ code: 'custom', path: [index, 'address'], message: 'lies beyond 32 bits' });
    const other = patches.slice(0, index).findIndex(({ address, bytes }) => {
      const start = parseInt(address, 16);
      return start < from + patch.bytes && start + bytes > from;
    });
    if (other >= 0)
      issues.addIssue({
        code: 'custom',
        path: [index, 'address'],
        message: `overlaps the patch at index ${other}`,
      });
  }
}
