import type { OpenAPIObject, SwaggerDocumentOptions } from '@nestjs/swagger';
import { z } from 'zod';

type Converter = NonNullable<SwaggerDocumentOptions['standardSchemaConverter']>;
type Json = Record<string, unknown>;

const COMPONENT = '#/components/schemas/';
/** Until the document is whole: what is taken may leave out what has a default, what is answered may not. */
const TAKEN = '.input';

/**
 * A contract as OpenAPI 3.1 has it, JSON Schema 2020-12. Converted here, not by the framework: by way of OpenAPI 3.0 a
 * nullable object or choice becomes a list of types, of which client generators forget the null.
 */
export const contractSchema: Converter = (schema, { schemaType }) => {
  if (!(schema instanceof z.ZodType)) return undefined;
  const { $schema, $defs, ...root } = z.toJSONSchema(schema, {
    io: schemaType,
    target: 'draft-2020-12',
  }) as Json & { $defs?: Json };
  void $schema;
  const suffix = schemaType === 'input' ? TAKEN : '';
  const plain = (part: unknown): Json => plainly(part, suffix) as Json;
  const components = Object.entries($defs ?? {}).map(([name, part]) => [name + suffix, plain(part)] as const);
  return { schema: plain(root), components: Object.fromEntries(components) };
};

/** Without what says nothing to a client: the bounds of what a number can hold, and that answers hold no more. */
function plainly(part: unknown, suffix: string): unknown {
  if (Array.isArray(part)) return part.map((each) => plainly(each, suffix));
  if (part === null || typeof part !== 'object') return part;
  const { 'x-or-name': names, ...rest } = part as Json;
  const entries = Object.entries(rest)
    .filter(([key, value]) => !(key === 'minimum' && value === Number.MIN_SAFE_INTEGER))
    .filter(([key, value]) => !(key === 'maximum' && value === Number.MAX_SAFE_INTEGER))
    // A later station may answer more; a body with more is refused.
    .filter(([key, value]) => !(key === 'additionalProperties' && value === false && suffix === ''))
    .map(([key, value]) => [
      key,
      key === '$ref' ? `${String(value).replace('#/$defs/', COMPONENT)}${suffix}` : plainly(value, suffix),
    ]);
  const plain = Object.fromEntries(entries) as Json;
  return names ? { anyOf: [{ type: 'string', enum: names }, plain] } : plain;
}

/** Gives each schema its last name: `Patch`, and `PatchInput` only where what is taken is not what is answered. */
export function nameSchemas(document: OpenAPIObject): OpenAPIObject {
  const schemas = document.components!.schemas as Json;
  const taken = Object.keys(schemas).filter((name) => name.endsWith(TAKEN));
  const both = taken.filter((name) => bare(name) in schemas);
  const text = (name: string): string => JSON.stringify(schemas[name]);
  const split = new Set(
    both.filter(
      (name) => text(name).replaceAll(`${TAKEN}"`, '"').replaceAll(CLOSED, '') !== text(bare(name)),
    ),
  );
  for (let before = -1; before !== split.size;) {
    before = split.size;
    for (const name of both)
      if ([...split].some((other) => text(name).includes(`"${COMPONENT}${other}"`))) split.add(name);
  }
  let whole = JSON.stringify(document);
  for (const name of taken) {
    const last = split.has(name) ? `${bare(name)}Input` : bare(name);
    whole = whole.replaceAll(`"${COMPONENT}${name}"`, `"${COMPONENT}${last}"`);
  }
  const named = JSON.parse(whole) as OpenAPIObject;
  named.components!.schemas = Object.fromEntries(
    Object.entries(named.components!.schemas!)
      .filter(([name]) => !name.endsWith(TAKEN) || !both.includes(name) || split.has(name))
      .map(([name, schema]) => [split.has(name) ? `${bare(name)}Input` : bare(name), schema]),
  );
  return named;
}

const CLOSED = ',"additionalProperties":false';

const bare = (name: string): string => (name.endsWith(TAKEN) ? name.slice(0, -TAKEN.length) : name);
