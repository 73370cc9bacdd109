import { z } from 'zod';

/** The kinds of bench that a station works on. */
export const BenchKind = z.enum(['usb', 'virtual']);
export type BenchKind = z.infer<typeof BenchKind>;

/** The bench that a person asks for; `auto`: USB if an ST-LINK is there, else virtual. */
export const BenchChoice = z.enum(['auto', ...BenchKind.options]);
export type BenchChoice = z.infer<typeof BenchChoice>;
