import { z } from 'zod';
import { Timestamp } from './primitives.ts';

/** An IANA name that this host's tables have. */
export const TimeZone = z
  .string()
  .refine(isTimeZone, 'Give a time zone by its IANA name, such as Europe/Berlin or UTC.');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const WallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time of day from 00:00 to 23:59.')
  .meta({ id: 'WallTime', description: 'of the plant’s wall clock', examples: ['06:00'] });

/** A shift of every day. One that ends at or before its start goes over midnight. */
export const Shift = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .refine(
        (name) => name !== 'no shift',
        'Give it another name: this is the name of the time between shifts.',
      ),
    start: WallTime,
    end: WallTime,
  })
  .meta({ id: 'Shift', examples: [{ name: 'night', start: '22:00', end: '06:00' }] });
export type Shift = z.infer<typeof Shift>;

const Shifts = z
  .array(Shift)
  .max(24)
  .superRefine((shifts, context) => {
    for (const [index, { name }] of shifts.entries())
      if (shifts.findIndex((other) => other.name === name) !== index)
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: `Two shifts have the name ${name}. Give each its own.`,
        });
  });

/** Body of PUT /station/shifts: all shifts, from now on; none: no shifts. */
export const PutShifts = z
  .union([Shifts, z.strictObject({ shifts: Shifts }).transform(({ shifts }) => shifts)])
  .meta({ id: 'PutShifts', examples: [[{ name: 'early', start: '06:00', end: '14:00' }]] });
export type PutShifts = z.infer<typeof PutShifts>;

/** The plant's shifts as they are now. */
export const ShiftTable = z
  .object({
    shifts: z.array(Shift),
    timeZone: z.string(),
    since: Timestamp.nullable().meta({
      description: 'from when on they apply; earlier runs keep the shifts of their time',
    }),
  })
  .meta({ id: 'ShiftTable' });
export type ShiftTable = z.infer<typeof ShiftTable>;
