import { LARGEST_FLASH_BYTES } from '@boardwalk/series';
import { z } from 'zod';
import { Fill } from './fill.ts';
import { ListQuery, Reason } from './lists.ts';
import { Patch, refusePatches } from './patches.ts';
import { OptionSettings } from './option-settings.ts';
import { Address, Name, plainText, Sha256, Timestamp } from './primitives.ts';

export const ConnectMode = z.enum(['under-reset', 'normal', 'hot']);
export type ConnectMode = z.infer<typeof ConnectMode>;
export const OnDiffers = z.enum(['accept', 'hold', 'reject']).meta({
  id: 'OnDiffers',
  description:
    'what to do with a board whose identity differs: flash it all the same, set it aside, or fail it untouched',
});
export const OnRecordDoubt = z.enum(['hold', 'accept', 'refuse']).meta({
  id: 'OnRecordDoubt',
  description:
    'what to do when serial and chip contradict the record: hold the board for a decision, accept it with a finding, or ' +
    'refuse the unit. Default: hold for work orders and released revisions, else accept',
});
export type OnRecordDoubt = z.infer<typeof OnRecordDoubt>;
export const OnCohortChange = z.enum(['note', 'hold']).meta({
  id: 'OnCohortChange',
  description:
    'what to do with a board that is unlike its lot: note it, or hold the second such board in a row for a decision. ' +
    'Default: note',
});
export type OnCohortChange = z.infer<typeof OnCohortChange>;
export const OpenShift = z.enum(['none', 'golden', 'golden-and-bad']).meta({
  id: 'OpenShift',
  description:
    'the reference boards that open each slot at the start of a shift, without shifts of each day: a golden board must ' +
    'pass in the slot, a known-bad one must fail. Until then the slot runs no other board with this recipe. Default: none',
});
export type OpenShift = z.infer<typeof OpenShift>;
export const VerifyMethod = z.enum(['auto', 'digest', 'readback']);
export type VerifyMethod = z.infer<typeof VerifyMethod>;
/** The methods that prove what flash contains; `auto` chooses one. */
export const ProofMethod = VerifyMethod.exclude(['auto']);
export type ProofMethod = z.infer<typeof ProofMethod>;

const ConnectStep = z.strictObject({
  step: z.literal('connect'),
  mode: ConnectMode.default('under-reset'),
  speedKhz: z.int().min(5).max(24_000).default(4000),
  waitSeconds: z
    .number()
    .min(0)
    .max(120)
    .default(0)
    .meta({ description: 'keep trying this long (reset button held)' }),
});
const IdentifyStep = z.strictObject({
  step: z.literal('identify'),
  onDiffers: OnDiffers.default('accept'),
  expect: z
    .strictObject({
      deviceId: z.array(z.string().regex(/^0x[0-9a-f]{3}$/, 'a DEV_ID such as "0x410"')).optional(),
      flashSizeKib: z
        .int()
        .min(1)
        .max(LARGEST_FLASH_BYTES / 1024)
        .optional(),
      targetVoltage: z.strictObject({ min: z.number(), max: z.number() }).optional(),
    })
    .default({}),
  activeChecks: z
    .boolean()
    .optional()
    .meta({
      description:
        'true: also checks that write to the chip and put back what was there (widths of VTOR, RCC and priorities, the end ' +
        'of SRAM); they tell some families apart. Default: false, nothing is written',
    }),
});
const EraseStep = z.strictObject({
  step: z.literal('erase'),
  scope: z.enum(['needed', 'all']).default('needed').meta({
    description: 'needed: pages the image touches that are not right already; all: the whole flash',
  }),
  keep: z.array(z.strictObject({ address: Address, bytes: z.int().min(1) })).default([]),
});
const ProgramStep = z.strictObject({
  step: z.literal('program'),
  fill: Fill.optional().meta({
    description: 'what flash beside image and patches holds; erased for, programmed and verified with them',
  }),
});
const VerifyStep = z.strictObject({ step: z.literal('verify'), method: VerifyMethod.default('auto') });
const DumpStep = z.strictObject({
  step: z.literal('dump'),
  keepFile: z
    .boolean()
    .default(false)
    .meta({ description: 'store the bytes as an image too, not the hash alone' }),
});
const OptionsStep = z.strictObject({
  step: z.literal('options'),
  set: OptionSettings,
});
const ProtectStep = z.strictObject({ step: z.literal('protect') });
const ResetStep = z.strictObject({
  step: z.literal('reset'),
  finalState: z.enum(['run', 'halt']).default('run'),
});

const ExpectUsbStep = z
  .strictObject({
    step: z.literal('expectUsb'),
    usbId: z
      .string()
      .regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/, 'vendor and product id in lower-case hex, such as "0483:5740"')
      .meta({ examples: ['0483:5740'] }),
    withinSeconds: z.number().min(0.1).max(120).default(10),
  })
  .meta({
    description:
      'the board’s own USB must enumerate so on this host, anew after its reset; comes last, behind a reset. Boards take turns: whose USB it is, no descriptor says',
  });

/** One step of a recipe, as data. A new step is one schema here and one file in the station's steps. */
export const RecipeStep = z
  .discriminatedUnion('step', [
    ConnectStep,
    IdentifyStep,
    EraseStep,
    ProgramStep,
    VerifyStep,
    DumpStep,
    OptionsStep,
    ProtectStep,
    ResetStep,
    ExpectUsbStep,
  ])
  .meta({ id: 'RecipeStepInput', outputId: 'RecipeStep' });
export type RecipeStep = z.infer<typeof RecipeStep>;
export type StepName = RecipeStep['step'];
export type StepOf<Name extends StepName> = Extract<RecipeStep, { step: Name }>;

/** The order in which a board is flashed, verified and recorded when a recipe names no steps. */
export const DEFAULT_STEPS: readonly StepName[] = [
  'connect',
  'identify',
  'dump',
  'erase',
  'program',
  'reset',
  'verify',
  'dump',
  'reset',
];

/** Steps that their name alone says: every one of their fields has a default. */
const STEPS_BY_NAME = RecipeStep.options
  .map(({ shape }): StepName => shape.step.value)
  .filter((step) => RecipeStep.safeParse({ step }).success);

/** `"verify"` stands for `{ "step": "verify" }` with its defaults. */
const StepOrName = z
  .preprocess((value) => (typeof value === 'string' ? { step: value } : value), RecipeStep)
  .meta({ 'x-or-name': STEPS_BY_NAME });

/** The board enumerates only while its firmware runs, and nothing reads a chip that runs. */
function refuseUsbOfAHaltedBoard(list: RecipeStep[], issues: z.RefinementCtx<RecipeStep[]>): void {
  const first = list.findIndex(({ step }) => step === 'expectUsb');
  if (first < 0) return;
  const refuse = (index: number, message: string): void =>
    issues.addIssue({ code: 'custom', path: [index, 'step'], message });
  const later = list.findIndex(({ step }, index) => index > first && step !== 'expectUsb');
  if (later >= 0) return refuse(later, '"expectUsb" comes last: the board runs from then on');
  const reset = list.slice(0, first).findLast(({ step }) => step === 'reset');
  if (reset?.step !== 'reset') return refuse(first, '"expectUsb" needs a reset before it');
  if (reset.finalState === 'halt') refuse(first, '"expectUsb" needs finalState "run" of the reset before it');
}

const steps = z
  .array(StepOrName)
  .min(1)
  .max(32)
  .refine((list) => list[0]?.step === 'connect', 'the first step must be "connect"')
  .superRefine(refuseUsbOfAHaltedBoard)
  .default(() => DEFAULT_STEPS.map((step) => RecipeStep.parse({ step })));

/** The part that a recipe states: only then is a board of another part the board's FAIL. */
export const Part = z
  .strictObject({
    deviceId: z
      .string()
      .regex(/^0x[0-9a-f]{3}$/, 'a DEV_ID such as "0x410"')
      .meta({ examples: ['0x410'] })
      .optional(),
    flashSizeKib: z
      .int()
      .min(1)
      .max(LARGEST_FLASH_BYTES / 1024)
      .optional(),
    package: z
      .string()
      .regex(/^[A-Z]{2,8}[0-9]{1,3}$/, 'a package such as "LQFP48": letters, then its pins')
      .meta({ examples: ['LQFP48'], description: 'the package ordered: not every line comes in each' })
      .optional(),
  })
  .meta({ id: 'Part' });
export type Part = z.infer<typeof Part>;
const partField = Part.optional().meta({
  description: 'the part that boards must carry; a board that carries another one fails as wrong-part',
});
const allowBeyondStated = z.boolean().optional().meta({
  description:
    'true: an image may use flash beyond the size that the chip states, where the chip proves to have it; false by default',
});

const recipeBody = {
  description: plainText(500).default(''),
  image: Sha256,
  steps,
  onDiffers: OnDiffers.optional().meta({ description: 'shorthand: sets onDiffers of every identify step' }),
  timeoutSeconds: z.number().min(1).max(3600).default(300),
  patches: z
    .array(Patch)
    .max(32)
    .superRefine(refusePatches)
    .default([])
    .meta({ description: 'what differs from board to board, written in the same programming pass' }),
  part: partField,
  allowBeyondStated,
  onRecordDoubt: OnRecordDoubt.optional(),
  onCohortChange: OnCohortChange.optional(),
  openShift: OpenShift.optional(),
};
const EXAMPLE = {
  image: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  steps: DEFAULT_STEPS.filter((step) => step !== 'dump'),
  onDiffers: 'reject',
  patches: [{ address: '0x0800fc00', encoding: 'ascii', bytes: 12, from: 'range', range: 'blinky-serials' }],
};

/** Body of POST /recipes: creates revision 1. */
export const CreateRecipe = z
  .strictObject({ name: Name, ...recipeBody })
  .meta({ id: 'CreateRecipe', examples: [{ name: 'blinky', ...EXAMPLE }] });
export type CreateRecipe = z.infer<typeof CreateRecipe>;
/** Body of POST /recipes/:name/revisions. */
export const CreateRevision = z.strictObject(recipeBody).meta({ id: 'CreateRevision', examples: [EXAMPLE] });
export type CreateRevision = z.infer<typeof CreateRevision>;

/** draft: being made; released: signed for production; retired: never run again. */
export const RecipeState = z.enum(['draft', 'released', 'retired']).meta({ id: 'RecipeState' });
export type RecipeState = z.infer<typeof RecipeState>;

/** Who did what to a revision, and why. */
export const Signature = z
  .object({
    action: z.enum(['release', 'retire']),
    by: z.string(),
    at: Timestamp,
    reason: z.string().nullable(),
  })
  .meta({ id: 'Signature' });
export type Signature = z.infer<typeof Signature>;

/** Body of POST /recipes/:name/revisions/:revision/{release,retire}: a name stands under it. */
export const SignBody = z
  .strictObject({ by: Name.meta({ description: 'who signs' }), reason: Reason.optional() })
  .meta({ id: 'SignBody', examples: [{ by: 'A. Weber', reason: 'First article of lot B1 passed.' }] });
export type SignBody = z.infer<typeof SignBody>;

/** A recipe revision as stored: what it does is immutable. */
export const Recipe = z
  .object({
    name: z.string(),
    revision: z.int(),
    description: z.string(),
    image: Sha256,
    steps: z.array(RecipeStep),
    timeoutSeconds: z.number(),
    patches: z.array(Patch),
    state: RecipeState,
    signatures: z.array(Signature),
    createdAt: Timestamp,
    imageFileSha256: Sha256.nullable().meta({
      description: 'the file by which the image was named, else the first one it came in',
    }),
    part: partField,
    allowBeyondStated,
    onRecordDoubt: OnRecordDoubt.optional(),
    author: z
      .string()
      .nullable()
      .meta({ description: 'the account that wrote it; null: before accounts were kept' }),
    onCohortChange: OnCohortChange.optional(),
    openShift: OpenShift.optional(),
  })
  .meta({ id: 'Recipe' });
export type Recipe = z.infer<typeof Recipe>;

/** The built-in recipe that a job with only an image gets: flash, verify, reset. */
export const BUILT_IN_RECIPE = 'flash-verify-reset';

/** Filters of GET /recipes. */
export const RecipeQuery = ListQuery.extend({ name: Name.optional(), state: RecipeState.optional() });
export type RecipeQuery = z.infer<typeof RecipeQuery>;
