import { z } from 'zod';
import { Timestamp } from './primitives.ts';

/** What an account is for; what each role may do is a table of the station. */
export const Role = z.enum(['operator', 'engineer', 'quality', 'admin', 'mes']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

/** Names that the record uses for whoever is no account. */
const RESERVED = ['station', 'start-token', 'nobody'];

export const AccountName = z
  .string()
  .regex(/^[A-Za-z0-9][\w.@-]{0,63}$/, 'letters, digits and . _ @ -, first a letter or digit, at most 64')
  .refine((name) => !RESERVED.includes(name.toLowerCase()), `not one of ${RESERVED.join(', ')}`);

export const Account = z
  .object({
    name: z.string(),
    role: Role,
    createdAt: Timestamp,
    revokedAt: Timestamp.nullable(),
    badge: z.boolean().meta({ description: 'logs in by a badge scan' }),
    password: z.boolean().meta({ description: 'logs in by a password' }),
    tokens: z.int().meta({ description: 'bearer tokens that hold now, sessions included' }),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof Account>;

/** A login: a badge scanned at the bench, or a name and a password. */
export const OpenSession = z
  .union([
    z.strictObject({ badge: z.string().min(1).max(200) }),
    z.strictObject({ name: z.string().min(1).max(64), password: z.string().min(1).max(200) }),
  ])
  .meta({ id: 'OpenSession', examples: [{ badge: 'OP-004711' }] });
export type OpenSession = z.infer<typeof OpenSession>;

export const Session = z
  .object({
    token: z.string().meta({ description: 'bearer token of this session; shown once' }),
    account: z.string(),
    role: Role,
    expiresAt: Timestamp,
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

/** Who a bearer token is. */
export const Me = z.object({ account: z.string(), role: Role, may: z.array(z.string()) }).meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;
