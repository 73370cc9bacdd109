import { z } from 'zod';
import { createSchema, type CreateDocumentOptions } from 'zod-openapi';
import { exampleOf, type JsonSchema, type Schemas } from './schema-example.ts';

type Override = NonNullable<CreateDocumentOptions['override']>;

/** Objects that are taken and answered under one name, which clients know: the document leaves them open for both. */
const OPEN_WHEN_TAKEN: ReadonlySet<unknown> = new Set(['Part', 'SerialRule']);

/** Removes from a schema what says nothing to a client, and spells the rest as generators read it. */
const plainly: Override = ({ jsonSchema, zodSchema, io }) => {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // Generators of clients: older ones know no const.
  if (jsonSchema.const !== undefined) {
    jsonSchema.enum = [jsonSchema.const];
    delete jsonSchema.const;
  }
  // They write no comment to a schema with a list of examples.
  if (jsonSchema.examples) {
    jsonSchema.example = jsonSchema.examples[0];
    delete jsonSchema.examples;
  }
  // A choice of objects: each of them says its type itself.
  if (jsonSchema.oneOf) delete jsonSchema.type;
  // A later station may answer more; a body with more is refused.
  if (io === 'output' || OPEN_WHEN_TAKEN.has(z.globalRegistry.get(zodSchema)?.id)) {
    if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  }
  // Here, as a reference alone is not handed to this function.
  if (jsonSchema.items) jsonSchema.items = orName(jsonSchema.items as Schema);
};

type Schema = Parameters<Override>[0]['jsonSchema'];

/** An item that its name alone may stand for, see `x-or-name` of the contracts. */
function orName({ 'x-or-name': names, ...schema }: Schema): Schema {
  return Array.isArray(names) ? { anyOf: [{ type: 'string', enum: names as string[] }, schema] } : schema;
}

export const SCHEMA_OPTIONS = { override: plainly } satisfies CreateDocumentOptions;

interface Described {
  readonly schema: JsonSchema;
  readonly components: Schemas;
}

/** Many routes have the same fields and answers. */
const DESCRIBED = { input: new WeakMap<z.ZodType, Described>(), output: new WeakMap<z.ZodType, Described>() };

/** A contract by itself, with the named schemas that it refers to. */
export function schemaOf(contract: z.ZodType, io: 'input' | 'output'): Described {
  const known = DESCRIBED[io].get(contract);
  if (known) return known;
  const described = createSchema(contract, {
    io,
    openapiVersion: '3.1.0',
    opts: SCHEMA_OPTIONS,
  }) as Described;
  DESCRIBED[io].set(contract, described);
  return described;
}

/** One value that a contract allows. */
export function exampleFor(contract: z.ZodType, io: 'input' | 'output'): unknown {
  const { schema, components } = schemaOf(contract, io);
  return exampleOf(schema, components);
}
