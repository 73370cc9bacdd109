import type { RJSFSchema } from '@rjsf/utils';

/**
 * What a form's fields hold, as a body: emptied fields are absent, and so is an object that may be absent and has
 * nothing in it. A form cannot tell “no range” from “a range that says nothing”, which may mean something to the API.
 */
export function bodyOf(value: unknown, schema: RJSFSchema): unknown {
  if (Array.isArray(value)) return value.map((item) => bodyOf(item, schema.items as RJSFSchema));
  if (typeof value !== 'object' || value === null) return value;
  const { properties = {}, required = [] } = optionOf(value as Record<string, unknown>, schema);
  const entries = Object.entries(value)
    .map(([key, field]) => [key, bodyOf(field, (properties[key] ?? {}) as RJSFSchema)] as const)
    .filter(([key, field]) => field !== undefined && (required.includes(key) || !isEmptyObject(field)));
  return Object.fromEntries(entries);
}

/** Of a choice the option that the value has taken. */
function optionOf(value: Record<string, unknown>, schema: RJSFSchema): RJSFSchema {
  const { propertyName } = (schema.discriminator ?? {}) as { propertyName?: string };
  if (!schema.oneOf || propertyName === undefined) return schema;
  const options = schema.oneOf as RJSFSchema[];
  const taken = options.find(
    ({ properties }) => (properties?.[propertyName] as RJSFSchema).const === value[propertyName],
  );
  return taken ?? {};
}

function isEmptyObject(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  );
}
