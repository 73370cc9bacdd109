import { z } from 'zod';
import { ListQuery } from './lists.ts';
import { Name, plainText, Serial, Timestamp } from './primitives.ts';

/** Check characters: Luhn over the format's alphabet, GS1's mod 10 (weights 3 and 1), ISO 7064 MOD 97-10. */
export const CheckDigit = z.enum(['none', 'luhn', 'gs1', 'mod97']).meta({ id: 'CheckDigit' });
export type CheckDigit = z.infer<typeof CheckDigit>;

/** How a number is spelled: prefix, digits, check characters, suffix. */
export const SerialFormat = z
  .strictObject({
    prefix: z
      .string()
      .max(32)
      .regex(/^[\x21-\x7e]*$/, 'printable ASCII without blanks')
      .default(''),
    width: z.int().min(1).max(20).meta({ description: 'digits, filled up with the first of the alphabet' }),
    digits: z.enum(['decimal', 'hex', 'hex-lower', 'alphabet']).default('decimal'),
    alphabet: z
      .string()
      .min(2)
      .max(64)
      .regex(/^[\x21-\x7e]+$/, 'printable ASCII without blanks')
      .refine((text) => new Set(text).size === text.length, 'no character twice')
      .optional()
      .meta({ description: 'with digits "alphabet": its characters, the first counts as zero' }),
    check: CheckDigit.default('none'),
    suffix: z
      .string()
      .max(16)
      .regex(/^[\x21-\x7e]*$/, 'printable ASCII without blanks')
      .default(''),
  })
  .superRefine((format, issues) => {
    if ((format.digits === 'alphabet') !== (format.alphabet !== undefined))
      issues.addIssue({ code: 'custom', path: ['alphabet'], message: 'goes with digits "alphabet"' });
    if (format.check === 'gs1' && (format.digits !== 'decimal' || !/^\d*$/.test(format.prefix)))
      issues.addIssue({ code: 'custom', path: ['check'], message: 'gs1 takes decimal digits only' });
    if (format.check === 'mod97' && !/^[0-9A-Za-z]*$/.test(format.prefix + (format.alphabet ?? '')))
      issues.addIssue({ code: 'custom', path: ['check'], message: 'mod97 takes letters and digits only' });
    if (format.prefix.length + format.width + format.suffix.length + 2 > 64)
      issues.addIssue({ code: 'custom', path: ['width'], message: 'a serial has at most 64 characters' });
  })
  .meta({
    id: 'SerialFormatInput',
    outputId: 'SerialFormat',
    examples: [{ prefix: 'BW-', width: 6, check: 'luhn' }],
  });
export type SerialFormat = z.infer<typeof SerialFormat>;

const range = { name: Name, description: plainText(500).default('') };
const Position = z.int().min(0);

/** Values of one list. */
export const MOST_VALUES = 100_000;

/** Body of POST /serial-ranges: a counter with a format, or a list. */
export const CreateSerialRange = z
  .discriminatedUnion('source', [
    z.strictObject({
      ...range,
      source: z.literal('counter'),
      format: SerialFormat,
      first: Position.default(1),
      last: Position.optional().meta({ description: 'default: the largest that the width holds' }),
    }),
    z.strictObject({
      ...range,
      source: z.literal('list'),
      values: z.array(Serial).min(1).max(MOST_VALUES),
    }),
  ])
  .meta({
    id: 'CreateSerialRange',
    examples: [
      { name: 'blinky-serials', source: 'counter', format: { prefix: 'BW-', width: 6, check: 'luhn' } },
      { name: 'bought-macs', source: 'list', values: ['0080E1000001', '0080E1000002'] },
    ],
  });
export type CreateSerialRange = z.infer<typeof CreateSerialRange>;

export const SerialRange = z
  .object({
    name: z.string(),
    description: z.string(),
    source: z.enum(['counter', 'list']),
    format: SerialFormat.nullable(),
    first: z.int(),
    last: z.int(),
    next: z.string().nullable().meta({ description: 'what the next board gets; null: used up' }),
    counts: z.object({
      left: z.int(),
      reserved: z.int(),
      committed: z.int(),
      voided: z.int(),
      elsewhere: z.int().meta({ description: 'skipped: another range or a scanned code had them already' }),
    }),
    createdAt: Timestamp,
  })
  .meta({ id: 'SerialRange' });
export type SerialRange = z.infer<typeof SerialRange>;

/** free: of a list, not given yet; reserved: its run is on; committed: its board passed; voided: a gap, with why. */
export const SerialState = z.enum(['free', 'reserved', 'committed', 'voided']).meta({ id: 'SerialState' });
export type SerialState = z.infer<typeof SerialState>;

export const IssuedSerial = z
  .object({
    value: z.string(),
    range: z.string(),
    position: z.int(),
    state: SerialState,
    reason: z.string().nullable(),
    runId: z.string().nullable(),
    jobId: z.string().nullable(),
    slot: z.string().nullable(),
    uid: z.string().nullable(),
    changedAt: Timestamp,
  })
  .meta({ id: 'IssuedSerial' });
export type IssuedSerial = z.infer<typeof IssuedSerial>;

/** Filters of GET /serial-ranges/:name/serials; `state=voided` lists the gaps. */
export const SerialQuery = ListQuery.extend({ state: SerialState.optional() });
export type SerialQuery = z.infer<typeof SerialQuery>;
