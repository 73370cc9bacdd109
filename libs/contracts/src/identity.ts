import { IDENTITY_REGISTERS, REGISTER_NAMES, type RegisterName, type RegisterRow } from '@boardwalk/series';
import { z } from 'zod';
import { Hex32, Sha256, Timestamp } from './primitives.ts';

/** A 32-bit register: its value, or null when it was not or could not be read (see Identity.unread). */
const register = Hex32.nullable();

/** PIDR4, PIDR0..3 of one CoreSight component, as read (one byte each). */
export const PeripheralId = z.object({ pidr4: z.int(), pidr: z.array(z.int()).length(4) });

/** A field for each row of the series library: a register that is added there is kept without a change here. */
const registers = Object.fromEntries(
  REGISTER_NAMES.map((name) => {
    const { says }: RegisterRow = IDENTITY_REGISTERS[name];
    return [name, says === undefined ? register : register.meta({ description: says })];
  }),
) as Record<RegisterName, typeof register>;

/** Registers at a place of their own: the order of fields is that of columns in CSV, which does not change. */
function placed<Name extends RegisterName>(...names: Name[]): Pick<typeof registers, Name> {
  return Object.fromEntries(names.map((name) => [name, registers[name]])) as Pick<typeof registers, Name>;
}

/** The registers read from a target: raw values, never interpreted. Where each is: `@boardwalk/series`. */
export const Identity = z
  .object({
    dpidr: register,
    apIdr: register,
    apBase: register,
    ...placed('cpuid'),
    romTable: z
      .object({ entries: z.array(Hex32), peripheralId: PeripheralId, componentId: z.array(z.int()) })
      .nullable(),
    components: z
      .record(z.string(), PeripheralId)
      .meta({ description: 'by name: SCS, DWT, FPB (BPU on a Cortex-M0), ITM, TPIU, ETM' }),
    ...placed('fpCtrl', 'dwtCtrl', 'mpuType', 'ictr', 'deviceId'),
    ...placed('flashAcr', 'flashCr', 'flashObr', 'flashWrpr'),
    signature: z
      .array(Hex32)
      .nullable()
      .meta({ description: 'the words that ST writes into each chip, as its series has them' }),
    flashSizeKib: z.int().nullable(),
    uid: z
      .string()
      .regex(/^[0-9a-f]{24}$/)
      .meta({ examples: ['066bff343333454e43036728'] })
      .nullable()
      .meta({ description: '96 bits: words 0, 1, 2 as 8 hex digits each' }),
    bootRomSha256: Sha256.nullable().meta({
      description: 'of the part of the boot ROM that is the same on every chip of a line',
    }),
    bootRomVectors: z.array(Hex32).nullable(),
    optionBytes: z.string().nullable().meta({ description: '16 bytes in hex' }),
    ...registers,
    priorityBits: z.int().nullable().meta({ description: 'bits of one interrupt in priorityReadback' }),
    sramBeyond: z.boolean().nullable().meta({ description: 'SRAM answers past the density’s end' }),
    readUnderReset: z.boolean(),
    targetVoltage: z.number().nullable(),
    unread: z.array(z.object({ item: z.string(), why: z.string() })),
    priorityReadback: register
      .optional()
      .meta({ description: 'NVIC_IPR0 bits that stuck when all were written; absent in older records' }),
    componentIds: z
      .record(z.string(), z.array(z.int()).length(4))
      .optional()
      .meta({ description: 'CIDR0..3 of each debug component by its name; absent in older records' }),
  })
  .meta({ id: 'Identity' });
export type Identity = z.infer<typeof Identity>;
export type PeripheralId = z.infer<typeof PeripheralId>;

export const EvidenceGroup = z.enum(['core', 'vendor', 'dbg', 'mem', 'uid', 'rom', 'periph']);
export type EvidenceGroup = z.infer<typeof EvidenceGroup>;

/**
 * The part that a finding plays in a verdict. supports: it speaks for genuine ST. specific: a value that a known other part
 * shows; only these make a chip differ. odd: anything else than expected, which a bad read also gives.
 */
export const FindingKind = z.enum(['supports', 'specific', 'odd']).meta({
  id: 'FindingKind',
  description: 'only specific findings make a chip differ; absent in older records',
});
export type FindingKind = z.infer<typeof FindingKind>;

/** One thing that an identity shows: positive weight speaks for genuine ST, negative against. */
export const Finding = z
  .object({
    id: z.string(),
    group: EvidenceGroup,
    weight: z.int(),
    reliability: z.enum(['A', 'B', 'C']),
    read: z.string().meta({ description: 'what was read' }),
    expected: z.string().meta({ description: 'what a genuine part reads' }),
    why: z.string(),
    source: z.string(),
    excused: z.boolean().default(false),
    kind: FindingKind.optional(),
  })
  .meta({ id: 'Finding' });
export type Finding = z.infer<typeof Finding>;

export const Verdict = z.enum(['consistent', 'differs', 'insufficient']).meta({ id: 'Verdict' });
export type Verdict = z.infer<typeof Verdict>;

/** A read that is missing or is not reliable. */
export const NotRead = z
  .object({
    item: z.string(),
    why: z.string(),
    settles: z.string().meta({ description: 'what reading it would settle' }),
  })
  .meta({ id: 'NotRead' });
export type NotRead = z.infer<typeof NotRead>;

/** maker: the fingerprint of another maker. part: silicon of ST that is not the part ordered. */
export const Difference = z.enum(['maker', 'part']).meta({ id: 'Difference' });
export type Difference = z.infer<typeof Difference>;

/** What the findings add up to. Never "genuine", never an accusation of a maker. */
export const Assessment = z
  .object({
    verdict: Verdict,
    strength: z.enum(['high', 'medium', 'low']).nullable(),
    resembles: z.string().nullable().meta({ description: 'the family whose fingerprint it resembles' }),
    score: z.int(),
    findings: z.array(Finding),
    modifiers: z.array(z.string()),
    summary: z.string(),
    notRead: z.array(NotRead).optional().meta({ description: 'absent in older records' }),
    modelVersion: z
      .int()
      .optional()
      .meta({ description: 'the version of the rules that judged; absent in records of version 1' }),
    difference: Difference.nullable()
      .optional()
      .meta({ description: 'maker: another maker’s fingerprint; part: ST silicon, not the part ordered' }),
  })
  .meta({ id: 'Assessment' });
export type Assessment = z.infer<typeof Assessment>;

/** The identity that a run read, judged again by the present rules. The run keeps what was said at the time. */
export const Reassessed = z
  .object({
    run: z.string(),
    startedAt: Timestamp,
    was: z.object({ verdict: Verdict, resembles: z.string().nullable(), modelVersion: z.int() }),
    now: Assessment,
    changed: z.boolean().meta({ description: 'the verdict or the family is another one' }),
  })
  .meta({ id: 'Reassessed' });
export type Reassessed = z.infer<typeof Reassessed>;

/** Answer of POST /boards/:id/assess, the newest run first. */
export const BoardReassessment = z
  .object({ board: z.int(), modelVersion: z.int(), changed: z.int(), data: z.array(Reassessed) })
  .meta({ id: 'BoardReassessment' });
export type BoardReassessment = z.infer<typeof BoardReassessment>;
