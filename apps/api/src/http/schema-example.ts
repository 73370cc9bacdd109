/** As much of a JSON Schema (2020-12, as OpenAPI 3.1 uses it) as the station's documents hold. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
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

/** What a reference names. */
export function resolved(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : resolved(schemas[name] ?? {}, schemas);
}

/** One value that a schema allows: what it says itself, else the plainest one. */
export function exampleOf(given: JsonSchema, schemas: Schemas): unknown {
  const schema = resolved(given, schemas);
  if (schema.example !== undefined) return schema.example;
  if (schema.examples?.[0] !== undefined) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const part = schema.allOf?.[0] ?? (schema.anyOf ?? schema.oneOf)?.find(({ type }) => type !== 'null');
  if (part) return exampleOf(part, schemas);
  const type = typeof schema.type === 'object' ? schema.type.find((each) => each !== 'null') : schema.type;
  return PLAIN[type ?? 'null']?.(schema, schemas) ?? null;
}

const PLAIN: Readonly<Record<string, (schema: JsonSchema, schemas: Schemas) => unknown>> = {
  string: ({ format }) => (format === 'date-time' ? '2026-11-20T20:40:11.123Z' : 'text'),
  integer: ({ minimum }) => Math.max(1, minimum ?? 1),
  number: ({ minimum }) => Math.max(1, minimum ?? 1),
  boolean: () => true,
  array: ({ items, minItems = 1 }, schemas) =>
    items ? Array.from({ length: Math.max(1, minItems) }, () => exampleOf(items, schemas)) : [],
  object: ({ properties = {} }, schemas) =>
    Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, exampleOf(property, schemas)]),
    ),
};
