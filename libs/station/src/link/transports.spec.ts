import { DEFAULT_STEPS, type RecipeStep } from '@boardwalk/contracts';
import { transportFault } from '../steps/registry.ts';
import { recipeOf } from '../testing/open-bench.ts';
import { TRANSPORTS, type TransportTraits } from './transports.ts';

/** A boot ROM that is reached over a serial line, and one that does still less. */
const NOTHING: TransportTraits = {
  ...{ label: 'a string', connects: ['under-reset'], keepsPages: false, digests: false },
  ...{ readsAll: false, optionBytes: false, readProtection: false },
};

test.each(Object.entries(TRANSPORTS))('%s can do what the built-in recipe asks for', (_name, traits) => {
  expect(traits.label).not.toBe('');
  expect(transportFault(recipeOf(DEFAULT_STEPS).steps, traits)).toBeNull();
});

test.each<[Partial<RecipeStep> & { step: RecipeStep['step'] }, string]>([
  [{ step: 'connect', mode: 'hot' }, 'connect hot'],
  [{ step: 'erase' }, 'erase some pages and keep the others'],
  [
    { step: 'erase', scope: 'all', keep: [{ address: '0x08000000', bytes: 1024 }] },
    'erase some pages and keep the others',
  ],
  [{ step: 'verify', method: 'digest' }, 'let the chip hash its flash'],
  [{ step: 'dump' }, 'read the whole flash'],
  [{ step: 'options', set: { DATA0: 1 } }, 'set option bytes'],
  [{ step: 'protect' }, 'set read protection'],
])('a recipe with %j is refused for a slot that cannot, by number and name of the step', (step, lacks) => {
  const { steps } = recipeOf(['connect', step]);
  expect(transportFault(steps, NOTHING)).toBe(
    `Step 2, "${step.step}": a slot over a string cannot ${lacks}.`,
  );
  expect(transportFault(steps, TRANSPORTS.swd)).toBeNull();
});

test('what every transport can do is refused nowhere', () => {
  const { steps } = recipeOf(['connect', { step: 'erase', scope: 'all' }, 'program', 'reset', 'verify']);
  expect(transportFault(steps, NOTHING)).toBeNull();
});
