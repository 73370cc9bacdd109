import { CreateJob, CreateSerialRange } from '@boardwalk/contracts';
import fc from 'fast-check';
import { PAGE_ITEMS } from '../persistence/pages.ts';
import { LONG_REQUESTS } from './long-requests.ts';
import { MOST_ERRORS } from './most-errors.ts';
import { validateInPages } from './validate-in-pages.ts';

const lengths = fc.integer({ min: 1, max: 3 * PAGE_ITEMS });
/** A list of so many items, some of which are wrong. */
const listOf = (right: (at: number) => unknown, wrong: readonly unknown[]) =>
  fc
    .tuple(lengths, fc.array(fc.tuple(fc.nat(), fc.constantFrom(...wrong)), { maxLength: 5 }))
    .map(([length, faults]) => {
      const items = Array.from({ length }, (_, at) => right(at));
      for (const [where, fault] of faults) items[where % length] = fault;
      return items;
    });

const units = listOf(
  (at) => ({ serial: `SN-${at}`, slot: '1', data: { mac: '0080E1' } }),
  [null, 7, { serial: '' }, { serial: 'SN-3' }, { slot: 'no slot' }, { data: { mac: 7 } }, { other: 1 }, {}],
);
const jobs = fc.record(
  {
    recipe: fc.constant({ name: 'app' }),
    image: fc.constant('a'.repeat(64)),
    units,
    count: fc.constant(3),
    priority: fc.constantFrom(50, 500),
    other: fc.constant(true),
  },
  { requiredKeys: ['units'] },
);
const lists = fc.record({
  name: fc.constantFrom('macs', ''),
  source: fc.constant('list'),
  values: listOf((at) => `M${at}`, [5, '', 'M1']),
});

interface Issue {
  readonly path?: readonly PropertyKey[];
  readonly message: string;
}
const faultsOf = (issues: readonly Issue[]): string[] =>
  issues.map(({ path = [], message }) => `${path.join('/')} ${message}`);

test.each([
  ['POST /jobs', CreateJob, jobs],
  ['POST /serial-ranges', CreateSerialRange, lists],
] as const)(
  '%s: a request that is validated in pages gets the answer it gets at once',
  async (_, schema, requests) => {
    const long = LONG_REQUESTS.get(schema)!;
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const paged = await validateInPages(long, request);
        const whole = schema.safeParse(request);
        if (whole.success) return expect(paged).toEqual({ value: whole.data });
        const found = new Set(faultsOf('issues' in paged ? paged.issues : []));
        const all = new Set(faultsOf(whole.error.issues));
        expect(found.size).toBeGreaterThan(0);
        // What is wrong with the other fields is named too, where the schema as a whole stops at the list.
        const ofList = [...found].filter((fault) => fault.startsWith(long.list));
        expect(ofList.filter((fault) => !all.has(fault))).toEqual([]);
        // Items are compared with each other once each of them is right.
        const missing = [...all].filter((fault) => !found.has(fault) && !/stands twice/.test(fault));
        if (all.size < MOST_ERRORS) expect(missing).toEqual([]);
      }),
    );
  },
);
