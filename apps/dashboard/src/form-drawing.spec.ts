import { CreateRecipe, CreateRevision, RecipeStep } from '@boardwalk/contracts';
import type { RJSFSchema } from '@rjsf/utils';
import { z } from 'zod';
import { bodyOf } from './form-data.ts';
import { drawingOf, startFrom } from './form-drawing.ts';
import { errorsAtFields, validatorOf } from './form-validator.ts';

const IMAGE = 'a'.repeat(64);

const optionsOf = (schema: RJSFSchema, field: string) => {
  const list = schema.properties![field] as RJSFSchema;
  return (list.items as RJSFSchema).oneOf as RJSFSchema[];
};

test('every field of the body and every step with its fields is in the drawing', () => {
  const { schema } = drawingOf(CreateRecipe);
  expect(Object.keys(schema.properties!)).toEqual(Object.keys(CreateRecipe.shape));
  const steps: Record<string, string[]> = Object.fromEntries(
    optionsOf(schema, 'steps').map((option) => [option.title!, Object.keys(option.properties!)]),
  );
  expect(steps).toEqual(
    Object.fromEntries(RecipeStep.options.map((step) => [step.shape.step.value, Object.keys(step.shape)])),
  );
});

test('a step and a field that the schema gains are drawn with title, unit, choices and default', () => {
  const Soak = z.strictObject({
    step: z.literal('soak'),
    soakSeconds: z.number().min(1).default(5).meta({ description: 'how long' }),
    chamber: z.enum(['hot', 'cold']).default('hot'),
  });
  const Next = CreateRevision.extend({
    operatorNote: z.string().default('none'),
    steps: z.array(z.discriminatedUnion('step', [...RecipeStep.options, Soak])),
  });
  const { schema, uiSchema, defaults } = drawingOf(Next);
  expect(schema.properties!.operatorNote).toMatchObject({ type: 'string', title: 'Operator note' });
  expect(defaults).toMatchObject({ operatorNote: 'none' });
  const soak = optionsOf(schema, 'steps').at(-1)!;
  expect(soak).toMatchObject({
    title: 'soak',
    properties: {
      soakSeconds: { title: 'Soak (s)', description: 'how long', default: 5, minimum: 1 },
      chamber: { enum: ['hot', 'cold'], default: 'hot' },
    },
  });
  expect((uiSchema.steps as { items: object }).items).toMatchObject({ step: { 'ui:widget': 'hidden' } });
});

test('the form begins with the steps that the API takes when none are named', () => {
  const { defaults } = drawingOf(CreateRevision);
  expect(CreateRevision.parse({ ...defaults, image: IMAGE })).toEqual(CreateRevision.parse({ image: IMAGE }));
  expect((defaults.steps as unknown[]).length).toBeGreaterThan(5);
});

test('a new revision begins with what the chosen one does, and with nothing else of it', () => {
  const stored = { name: 'a', revision: 3, state: 'released', image: IMAGE, timeoutSeconds: 9, steps: [] };
  expect(startFrom(CreateRevision, stored)).toEqual({ image: IMAGE, timeoutSeconds: 9, steps: [] });
});

test('an object that may be absent is absent until a field of it is filled, and no default fills it', () => {
  const { schema } = drawingOf(CreateRevision);
  const program = optionsOf(schema, 'steps').find(({ title }) => title === 'program')!;
  const { fill } = program.properties as Record<string, RJSFSchema>;
  expect(fill!.properties!.value).not.toHaveProperty('default');
  expect((fill!.properties!.value as RJSFSchema).description).toMatch(/; default 255$/);
  const empty = {
    steps: [
      { step: 'program', fill: { value: undefined } },
      { step: 'options', set: {} },
    ],
  };
  expect(bodyOf(empty, schema)).toEqual({ steps: [{ step: 'program' }, { step: 'options', set: {} }] });
  const filled = { steps: [{ step: 'program', fill: { value: 0 } }] };
  expect(bodyOf(filled, schema)).toEqual(filled);
});

test('the form refuses what the API refuses, in its words and at its place', () => {
  const { schema } = drawingOf(CreateRevision);
  const body = { image: 'no', steps: [{ step: 'identify' }, { step: 'options', set: {} }] };
  const { errors, errorSchema } = validatorOf(CreateRevision, schema).validateFormData(body, schema);
  const issues = CreateRevision.safeParse(body).error!.issues;
  expect(errors.map(({ message }) => message)).toEqual(issues.map(({ message }) => message));
  expect(errorSchema).toMatchObject({
    image: { __errors: ['a SHA-256 in 64 lower-case hex digits'] },
    steps: { 1: { set: { __errors: ['name at least one option'] } } },
  });
});

test('a JSON pointer of the API leads to its field', () => {
  expect(errorsAtFields([{ pointer: '/steps/2/fill', detail: 'no' }])).toEqual({
    steps: { 2: { fill: { __errors: ['no'] } } },
  });
  expect(errorsAtFields([{ pointer: '', detail: 'no' }])).toEqual({ __errors: ['no'] });
});
