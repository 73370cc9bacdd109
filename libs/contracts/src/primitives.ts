import { z } from 'zod';
import './words.ts';

/** A register value as REST shows it: lower-case hex with 0x, 8 digits for a 32-bit word. */
export const Hex32 = z
  .string()
  .regex(/^0x[0-9a-f]{1,8}$/, 'a 32-bit value in lower-case hex, such as "0x1ba01477"')
  .meta({ id: 'Hex32', examples: ['0x1ba01477'] });

/** A target address in hex, e.g. "0x08000000". */
export const Address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{1,8}$/, 'an address in hex, such as "0x08000000"')
  .meta({ id: 'Address', examples: ['0x08000000'] });

/** SHA-256 in lower-case hex; an image's id. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a SHA-256 in 64 lower-case hex digits')
  .meta({ id: 'Sha256', examples: ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'] });

/** RFC 3339 in UTC. */
export const Timestamp = z.iso
  .datetime({ offset: true })
  .meta({ id: 'Timestamp', examples: ['2026-11-20T20:40:11.123Z'] });

/** An instant, or a date in the plant's zone. */
export const PlantTime = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .meta({ id: 'PlantTime', examples: ['2026-11-20T20:40:11.123Z', '2026-11-20'] });

/** A slot's name as the fixture is labelled; names default to 1, 2, … in port order. */
export const SlotName = z
  .string()
  .min(1)
  .max(32)
  .regex(/^[\w.-]+$/, 'letters, digits, dot, dash or underscore')
  .meta({ examples: ['1'] });

/** A board's serial: an opaque string. */
export const Serial = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^\u0000-\u001f\u007f\ud800-\udfff]+$/u, 'no control characters and no half surrogates')
  .meta({ examples: ['SN000123'] });

/** The name of a recipe, work order or lot: what people read on the screen. */
export const Name = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][\w .:/+-]*$/, 'letters, digits, space and . : / + - _, first a letter or digit')
  .meta({ examples: ['WO-1000'] });

export type Hex32 = z.infer<typeof Hex32>;
export type Sha256 = z.infer<typeof Sha256>;

/** Any text of a client's own, kept as it came: well-formed, without control characters. */
export const plainText = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[^\u0000-\u001f\u007f\ud800-\udfff]*$/u, 'no control characters and no half surrogates');
