import fc from 'fast-check';

/** As much of OpenAPI 3.1's JSON Schema as the station's document holds. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly example?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}
export type Schemas = Readonly<Record<string, JsonSchema>>;

const MOST_ITEMS = 4;

/** What breaks programs that are not careful. */
export const HOSTILE: readonly unknown[] = [
  null,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '‮gnp.exe',
  '\'; DROP TABLE "Job"; --',
  '../../etc/passwd',
  '%00%ff',
  '__proto__',
  'x'.repeat(5000),
  -1,
  0,
  1e308,
  2 ** 53,
  -0.5,
  true,
  [],
  [[[[]]]],
  {},
  { __proto__: null },
  { constructor: { prototype: 1 } },
];
const hostile = fc.constantFrom(...HOSTILE);

/** Values that a schema allows, and now and then, anywhere in them, one that it does not. */
export function valuesOf(schema: JsonSchema, schemas: Schemas, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 60, arbitrary: allowedBy(schema, schemas, depth) },
    { weight: 1, arbitrary: hostile },
  );
}

function allowedBy(given: JsonSchema, schemas: Schemas, depth: number): fc.Arbitrary<unknown> {
  const schema = resolved(given, schemas);
  const shown = [schema.example, ...(schema.examples ?? [])].filter((example) => example !== undefined);
  const drawn = drawnFrom(schema, schemas, depth);
  if (shown.length === 0) return drawn;
  return fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...shown) }, { weight: 3, arbitrary: drawn });
}

function drawnFrom(schema: JsonSchema, schemas: Schemas, depth: number): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const parts = schema.allOf ?? schema.anyOf ?? schema.oneOf;
  if (parts) return fc.oneof(...parts.map((part) => valuesOf(part, schemas, depth)));
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['null']);
  return fc.oneof(...types.map((type) => OF_TYPE[type]!(schema, schemas, depth)));
}

function resolved(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : resolved(schemas[name] ?? {}, schemas);
}

const TIMES = fc
  .tuple(
    fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
    fc.constantFrom('Z', '+09:00', '-03:30'),
  )
  .map(([date, zone]) => date.toISOString().replace('Z', zone));

type Draw = (schema: JsonSchema, schemas: Schemas, depth: number) => fc.Arbitrary<unknown>;

const OF_TYPE: Readonly<Record<string, Draw>> = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  integer: ({ minimum, maximum }) =>
    fc.oneof(
      fc.integer({ min: Math.max(minimum ?? -10, -(2 ** 31)), max: Math.min(maximum ?? 1000, 2 ** 31 - 1) }),
      fc.constantFrom(minimum ?? 0, maximum ?? 0, (minimum ?? 0) - 1, (maximum ?? 0) + 1),
    ),
  number: ({ minimum, maximum }) =>
    fc.double({ min: minimum ?? -1e6, max: maximum ?? 1e6, noNaN: true, noDefaultInfinity: true }),
  string: ({ format, pattern, minLength = 0, maxLength = 40 }) => {
    if (format === 'date-time') return TIMES;
    const most = Math.min(maxLength, minLength + 40);
    if (pattern === undefined) return fc.string({ minLength, maxLength: most, unit: 'binary' });
    const matching = fc.stringMatching(new RegExp(pattern, 'u'));
    return matching.map((text) => (text.length > maxLength ? text.slice(0, maxLength) : text));
  },
  array: ({ items = {}, minItems = 0, maxItems = MOST_ITEMS }, schemas, depth) =>
    fc.array(valuesOf(items, schemas, depth + 1), {
      minLength: minItems,
      maxLength: Math.max(minItems, Math.min(maxItems, MOST_ITEMS)),
    }),
  object: ({ properties = {}, required = [], additionalProperties }, schemas, depth) => {
    const known = Object.entries(properties).map(
      ([name, property]) => [name, valuesOf(property, schemas, depth + 1)] as const,
    );
    const stated = fc.record(Object.fromEntries(known), { requiredKeys: [...required] });
    if (typeof additionalProperties === 'object')
      return fc.dictionary(fc.string({ maxLength: 40 }), valuesOf(additionalProperties, schemas, depth + 1), {
        maxKeys: MOST_ITEMS,
      });
    const extra = fc.dictionary(fc.string({ maxLength: 8 }), hostile, { minKeys: 1, maxKeys: 2 });
    return fc.oneof(
      { weight: 12, arbitrary: stated },
      { weight: 1, arbitrary: fc.tuple(stated, extra).map(([value, more]) => ({ ...value, ...more })) },
    );
  },
};
