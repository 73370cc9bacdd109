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
    ...Object.entries(inPath(row)).map(([name, field]) => parameterOf('path', name, field)),
    ...Object.entries(fieldsOf(row.query)).map(([name, field]) => parameterOf('query', name, field)),
    ...(row.headers ?? []).map(headerOf),
    ...(row.method === 'GET' ? [] : [REASON]),
  ];
}

/** The named schemas that parameters refer to. */
export function schemasOfParameters(rows: readonly RouteRow[]): Schemas {
  const fields = rows.flatMap((row) => Object.values({ ...inPath(row), ...fieldsOf(row.query) }));
  const components = fields.map((field) => schemaOf(field, 'input').components);
  return Object.assign({}, ...components) as Schemas;
}

type Fields = Readonly<Record<string, z.ZodType>>;

const fieldsOf = (schema: z.ZodObject | undefined): Fields => schema?.shape ?? {};

function inPath({ path, params }: RouteRow): Fields {
  return params ? fieldsOf(params) : Object.fromEntries(namesIn(path).map((name) => [name, TEXT]));
}

function parameterOf(place: Place, name: string, contract: z.ZodType): oas31.ParameterObject {
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
