import { z } from 'zod';
import type { oas31 } from 'zod-openapi';
import { namesIn, type RouteRow } from '../routes/row.ts';
import { schemaOf } from './openapi-schemas.ts';
import { exampleOf, type Schemas } from './schema-example.ts';

type Place = 'path' | 'query';

const TEXT = z.string();

/** The parameters of a route: of its path, its query and its headers, and a reason where it changes something. */
export function parametersOf(row: RouteRow): oas31.ParameterObject[] {
  return [
    ...Object.entries(shapeOf(row)).map(([name, schema]) => parameterOf('path', name, schema)),
    ...Object.entries(row.query?.shape ?? {}).map(([name, schema]) => parameterOf('query', name, schema)),
    ...(row.headers ?? []).map(headerOf),
    ...(row.method === 'GET' ? [] : [REASON]),
  ];
}

/** The named schemas that parameters refer to. */
export function schemasOfParameters(rows: readonly RouteRow[]): Schemas {
  const fields = rows.flatMap((row) => Object.values({ ...shapeOf(row), ...row.query?.shape }));
  const components = fields.map((field) => schemaOf(field as z.ZodType, 'input').components);
  return Object.assign({}, ...components) as Schemas;
}

function shapeOf({ path, params }: RouteRow): Readonly<Record<string, z.core.$ZodType>> {
  return params?.shape ?? Object.fromEntries(namesIn(path).map((name) => [name, TEXT]));
}

function parameterOf(place: Place, name: string, field: z.core.$ZodType): oas31.ParameterObject {
  const contract = field as z.ZodType;
  const { schema, components } = schemaOf(contract, 'input');
  const description = contract.meta()?.description;
  return {
    name,
    in: place,
    required: !contract.safeParse(undefined).success,
    ...(description === undefined ? {} : { description }),
    schema: schema as oas31.SchemaObject,
    example: exampleOf(schema, components),
  };
}

function headerOf({ name, description, example = 'text' }: NonNullable<RouteRow['headers']>[number]) {
  return header(name, description, { type: 'string', example });
}

const header = (name: string, description: string, schema: oas31.SchemaObject): oas31.ParameterObject => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
  example: schema.example as unknown,
});

const REASON = header(
  'Boardwalk-Reason',
  'Why a change is made, for the record; percent-encoded where it is not plain ASCII.',
  { type: 'string', maxLength: 500, example: 'Line%203%20changes%20over.' },
);
