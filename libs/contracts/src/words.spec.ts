import { CreateAccount, CreateRecipe, CreateToken, OpenSession, RecipeStep, type Problem } from './index.ts';
import type { z } from 'zod';

const LAST_STEP = RecipeStep.options.at(-1)!.shape.step.value;

const IMAGE = 'a'.repeat(64);

/** Field and words of everything that is wrong with a value. */
function said(schema: z.ZodType, value: unknown): NonNullable<Problem['errors']> {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).map(({ path, message }) => ({ pointer: path.join('/'), detail: message }));
}

test.each([
  ['a field that is missing', CreateRecipe, { name: 'blinky' }, 'image', 'is missing'],
  ['a number for a text', CreateRecipe, { name: 5, image: IMAGE }, 'name', 'must be a text'],
  [
    'an empty text',
    CreateRecipe,
    { name: 'a', image: IMAGE, timeoutSeconds: 'x' },
    'timeoutSeconds',
    'must be a number',
  ],
  [
    'too short a text',
    CreateAccount,
    { name: 'o', role: 'operator', badge: '12' },
    'badge',
    'must have at least 6 characters',
  ],
  ['too small a number', CreateToken, { expiresInDays: 0 }, 'expiresInDays', 'must be at least 1'],
  ['part of a number', CreateToken, { expiresInDays: 1.5 }, 'expiresInDays', 'must be a whole number'],
  [
    'what is not to be chosen',
    CreateAccount,
    { name: 'o', role: 'boss' },
    'role',
    'must be operator, engineer, quality, admin or mes',
  ],
  ['a field that there is not', CreateToken, { days: 5 }, '', 'must not have "days": there is no such field'],
  [
    'a step that there is not',
    CreateRecipe,
    { name: 'a', image: IMAGE, steps: [{ step: 'fly' }] },
    'steps/0/step',
    new RegExp(`^must be connect, identify, .* or ${LAST_STEP}$`),
  ],
  [
    'a login of neither kind',
    OpenSession,
    {},
    '',
    'fits none of the forms that it may have: badge is missing; or name is missing',
  ],
])('%s is said in words for people, with no type of a program', (_what, schema, value, pointer, detail) => {
  expect(said(schema, value)).toContainEqual({
    pointer,
    detail: typeof detail === 'string' ? detail : (expect.stringMatching(detail) as string),
  });
});

test('a schema’s own words go before these', () => {
  expect(said(CreateRecipe, { name: 'a', image: 'x' })).toEqual([
    { pointer: 'image', detail: 'a SHA-256 in 64 lower-case hex digits' },
  ]);
});
