import { CreateJob, DEFAULT_STEPS, RecipeStep, type Recipe, type Transport } from '@boardwalk/contracts';
import { TRANSPORTS, type TransportTraits } from '@boardwalk/station';
import { SlotTransports } from './slot-transports.ts';

/** A transport of the test's own, as a new row of the table would be: a boot ROM that writes no option bytes. */
const ROM = 'rom' as Transport;
const table = TRANSPORTS as Record<string, TransportTraits>;
beforeAll(() => void (table[ROM] = { ...TRANSPORTS.swd, label: 'USART', optionBytes: false }));
afterAll(() => void delete table[ROM]);

const fixture = (...transports: Transport[]) =>
  new SlotTransports(() => transports.map((transport, index) => ({ name: String(index + 1), transport })));
const recipe = (...steps: object[]) =>
  ({ steps: steps.map((step) => RecipeStep.parse(step)) }) as unknown as Recipe;
const plain = recipe(...DEFAULT_STEPS.map((step) => ({ step })));
const withOptions = recipe({ step: 'connect' }, { step: 'options', set: { DATA0: 1 } });
const job = (...slots: string[]) =>
  CreateJob.parse({ recipe: { name: 'app' }, units: slots.map((slot) => ({ slot })) });
const count = CreateJob.parse({ recipe: { name: 'app' }, count: 2 });

test('a recipe that no slot of the fixture can run is refused, and the answer says which step and why', () => {
  const says = 'Step 2, "options": a slot over USART cannot set option bytes.';
  expect(() => fixture(ROM, ROM).refuse(count, withOptions)).toThrow(
    expect.objectContaining({
      ...{ code: 'invalid', status: 400 },
      message: expect.stringContaining(says) as string,
      errors: [expect.objectContaining({ pointer: '/recipe' })],
    }) as Error,
  );
});

test('a unit that names a slot which cannot run the recipe is refused by its pointer; others wait for a slot that can', () => {
  const mixed = fixture(ROM, 'swd');
  expect(() => mixed.refuse(job('2', '1'), withOptions)).toThrow(
    expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/units/1/slot' })] }) as Error,
  );
  for (const fits of [job('2'), job('9'), count]) expect(() => mixed.refuse(fits, withOptions)).not.toThrow();
});

test('what every slot can do, and a fixture without slots, refuse nothing', () => {
  expect(() => fixture(ROM, 'swd').refuse(job('1', '2'), plain)).not.toThrow();
  expect(() => fixture().refuse(count, withOptions)).not.toThrow();
});
