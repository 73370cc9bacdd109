import { OPTION_FIELDS } from '@boardwalk/series';
import { z } from 'zod';
import { Address } from './primitives.ts';

/** Option bytes by name; one of 32 bits is written in hex. */
export interface OptionSettings {
  readonly [name: string]: number | string;
}

const inHex = Address.meta({ description: 'a bit for each 4 KiB of flash; 0 protects' });
const WORD_BITS = 32;
/** Read protection is not set as an option among others: it has a step of its own, which proves it. */
const READ_PROTECTION = 'RDP';

const fields = [...OPTION_FIELDS]
  .filter(([name]) => name !== READ_PROTECTION)
  .map(([name, { bits }]) => {
    const schema =
      bits === WORD_BITS
        ? inHex
        : z
            .int()
            .min(0)
            .max(2 ** bits - 1);
    return [name, schema.optional()] as const;
  });

/** A field for each option that any series has. A chip that lacks one refuses it. */
export const OptionSettings = z
  .strictObject(Object.fromEntries(fields))
  .refine((set) => Object.keys(set).length > 0, 'name at least one option')
  .meta({
    description: 'option bytes by ST’s names; the others stay as they are',
  }) as z.ZodType<OptionSettings>;
