import { z } from 'zod';
import { Name } from './primitives.ts';
import { patternFault } from './serial-pattern.ts';
import { CheckDigit } from './serials.ts';

const Length = z.int().min(1).max(64);

/** What the serials of a work order look like. Every field that is given must be met. */
export const SerialRule = z
  .strictObject({
    pattern: z
      .string()
      .min(1)
      .superRefine((pattern, issues) => {
        const fault = patternFault(pattern);
        if (fault) issues.addIssue({ code: 'custom', message: fault });
      })
      .optional()
      .meta({
        description:
          'a regular expression for the whole serial: characters, classes such as [A-F0-9] and \\d, groups, alternatives ' +
          'and repetition that cannot become slow; at most 200 characters',
        examples: ['SN\\d{6}'],
      }),
    minLength: Length.optional(),
    maxLength: Length.optional(),
    check: CheckDigit.optional().meta({ description: 'the check digit that the serial ends with' }),
    gs1Ai: z
      .string()
      .regex(/^\d{2,4}$/, 'a GS1 application identifier of 2 to 4 digits, such as "21"')
      .optional()
      .meta({ description: 'the GS1 application identifier whose value is the serial, such as 21' }),
    range: Name.optional().meta({ description: 'a serial range: only its numbers, as it spells them' }),
  })
  .superRefine(({ minLength, maxLength, ...rest }, issues) => {
    if (minLength !== undefined && maxLength !== undefined && minLength > maxLength)
      issues.addIssue({ code: 'custom', path: ['maxLength'], message: 'must be at least minLength' });
    if (minLength === undefined && maxLength === undefined && Object.keys(rest).length === 0)
      issues.addIssue({
        code: 'custom',
        path: [],
        message: 'must say something: a pattern, a length, a check digit, a GS1 identifier or a range',
      });
  })
  .meta({ id: 'SerialRule', examples: [{ pattern: 'SN\\d{6}' }, { range: 'blinky-serials' }] });
export type SerialRule = z.infer<typeof SerialRule>;
