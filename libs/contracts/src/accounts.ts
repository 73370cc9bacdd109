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

/** What a scanner reads from a badge. */
export const BadgeCode = z
  .string()
  .trim()
  .min(6)
  .max(200)
  .meta({ description: 'what the scanner reads from the badge', examples: ['OP-004711'] });
/** What a person remembers. */
export const Password = z
  .string()
  .min(10)
  .max(200)
  .meta({ examples: ['four herons in the reeds'] });

/** Body of POST /accounts; without badge and password the way in is a token, given on its own. */
export const CreateAccount = z
  .strictObject({ name: AccountName, role: Role, badge: BadgeCode.optional(), password: Password.optional() })
  .meta({ id: 'CreateAccount', examples: [{ name: 'olga', role: 'operator', badge: 'OP-004711' }] });
export type CreateAccount = z.infer<typeof CreateAccount>;

/** Body of PATCH /accounts/:name: what is named is changed; null takes a badge or a password away. */
export const ChangeAccount = z
  .strictObject({
    role: Role.optional(),
    badge: BadgeCode.nullable().optional(),
    password: Password.nullable().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'name at least one of role, badge and password')
  .meta({ id: 'ChangeAccount', examples: [{ role: 'engineer', badge: null }] });
export type ChangeAccount = z.infer<typeof ChangeAccount>;

/** Body of POST /accounts/:name/tokens. */
export const CreateToken = z
  .strictObject({
    expiresInDays: z.int().min(1).max(36_500).optional().meta({ description: 'without it: never' }),
  })
  .optional()
  .meta({ id: 'CreateToken', examples: [{ expiresInDays: 365 }] });
export type CreateToken = z.infer<typeof CreateToken>;

export const GivenToken = z
  .object({
    token: z.string().meta({ description: 'bearer token; shown this once' }),
    account: z.string(),
    role: Role,
    expiresAt: Timestamp.nullable().meta({ description: 'null: never' }),
  })
  .meta({ id: 'GivenToken' });
export type GivenToken = z.infer<typeof GivenToken>;

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
