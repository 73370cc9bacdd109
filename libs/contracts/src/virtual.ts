import { z } from 'zod';
import { plainText } from './primitives.ts';

/** Body of POST /virtual/slots/:name/insert. */
export const InsertBoard = z
  .strictObject({
    board: plainText(500).min(1).meta({
      description: 'a board spec, profile[+option…]; +uid=HEX24 puts the chip with that unique id in again',
    }),
  })
  .meta({ id: 'InsertBoard', examples: [{ board: 'f103cb+rdp1' }] });
export type InsertBoard = z.infer<typeof InsertBoard>;

/** A fault as the control port takes it. The virtual bench reads both forms with one grammar. */
export const VirtualFault = z
  .union([
    plainText(200).min(1),
    z.object({ kind: z.string().max(64) }).catchall(z.union([z.number(), plainText(32)])),
  ])
  .meta({
    id: 'VirtualFault',
    description: 'text, KIND [VALUE…] as on the control port, or its parameters by name beside "kind"',
    examples: ['flash-stuck-bit 0x08000400 3 1'],
  });
export type VirtualFault = z.infer<typeof VirtualFault>;

/** Body of POST /virtual/slots/:name/fault. */
export const LayFault = z
  .strictObject({ fault: VirtualFault })
  .meta({ id: 'LayFault', examples: [{ fault: 'enter-fails 1' }] });
export type LayFault = z.infer<typeof LayFault>;

/** A slot of a virtual bench: the true board in its socket, whatever the probe can see of it. */
export const VirtualSlot = z
  .object({
    name: z.string(),
    port: z.string(),
    board: z.string().nullable().meta({ description: 'the spec that the board was put in with' }),
    uid: z.string().nullable().meta({ description: 'the unique id of the chip, 24 hex digits' }),
    person: z.boolean().meta({
      description: 'true: a request changed it, so the hand of the demo leaves it alone until it is cleared',
    }),
  })
  .meta({ id: 'VirtualSlot' });
export type VirtualSlot = z.infer<typeof VirtualSlot>;

/** A kind of board that a spec may begin with. */
export const VirtualProfile = z
  .object({ name: z.string(), description: z.string() })
  .meta({ id: 'VirtualProfile' });
export type VirtualProfile = z.infer<typeof VirtualProfile>;
