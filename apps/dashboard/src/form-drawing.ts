import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import { z } from 'zod';
import { titleOf } from './form-title.ts';

/** What a form is drawn from; all of it follows from the zod schema of the request's body. */
export interface FormDrawing {
  readonly schema: RJSFSchema;
  readonly uiSchema: UiSchema;
  /** What the API puts where the body says nothing. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

type Node = RJSFSchema & {
  readonly properties?: Record<string, Node>;
  readonly items?: Node;
  readonly oneOf?: Node[];
};

/** Schemas (by their `id` in the contracts) that are picked by a widget of ours and not typed. */
const WIDGETS: Readonly<Record<string, string>> = { Sha256: 'image' };

/** The drawing of a body. A step or a field that is added to the schema is in the form without code here. */
export function drawingOf(body: z.ZodObject): FormDrawing {
  const json = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as Node;
  const { schema, ui } = new Drawing((json.$defs ?? {}) as Record<string, Node>).draw(json, false);
  return { schema, uiSchema: ui, defaults: defaultsOf(body) };
}

/** A form that begins with what is stored: the fields that the body has. */
export function startFrom(
  body: z.ZodObject,
  stored: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const known = Object.keys(body.shape).filter((key) => stored[key] !== undefined);
  return Object.fromEntries(known.map((key) => [key, structuredClone(stored[key])]));
}

/** Defaults that are made by a function are not in the JSON Schema; the schema itself knows them. */
function defaultsOf(body: z.ZodObject): Record<string, unknown> {
  const values = Object.entries(body.shape).map(
    ([key, field]) => [key, z.safeParse(field, undefined).data] as const,
  );
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

interface Drawn {
  readonly schema: RJSFSchema;
  readonly ui: UiSchema;
}

class Drawing {
  constructor(private readonly definitions: Readonly<Record<string, Node>>) {}

  /** `optional`: inside an object that may be absent, where a default must not bring it into being. */
  draw(node: Node, optional: boolean): Drawn {
    const { $ref, $defs: _, $schema: __, ...own } = node;
    if ($ref !== undefined) {
      const name = $ref.slice($ref.lastIndexOf('/') + 1);
      const drawn = this.draw({ ...this.definitions[name], ...own }, optional);
      return WIDGETS[name] ? { ...drawn, ui: { ...drawn.ui, 'ui:widget': WIDGETS[name] } } : drawn;
    }
    if (own.oneOf) return this.#choice(own, own.oneOf, optional);
    if (own.properties) return this.#object(own, own.properties, optional);
    if (own.items) {
      const { schema, ui } = this.draw(own.items, optional);
      return { schema: { ...own, items: schema }, ui: { items: ui } };
    }
    if (!optional || own.default === undefined) return { schema: own, ui: {} };
    const { default: value, ...rest } = own;
    const says = `default ${JSON.stringify(value)}`;
    return {
      schema: { ...rest, description: rest.description ? `${rest.description}; ${says}` : says },
      ui: {},
    };
  }

  #object(own: Node, fields: Record<string, Node>, optional: boolean): Drawn {
    const drawn = Object.entries(fields).map(([key, field]) => {
      const absent = !(own.required ?? []).includes(key) && this.#isObject(field);
      const { schema, ui } = this.draw(field, optional || absent);
      return { key, schema: { ...schema, title: schema.title ?? titleOf(key) }, ui };
    });
    return {
      schema: { ...own, properties: Object.fromEntries(drawn.map(({ key, schema }) => [key, schema])) },
      ui: Object.fromEntries(drawn.map(({ key, ui }) => [key, ui])),
    };
  }

  /** A choice between objects that one constant field tells apart: that field is chosen, not typed. */
  #choice(own: Node, options: readonly Node[], optional: boolean): Drawn {
    const drawn = options.map((option) => this.draw(option, optional));
    const constants = (option: Node | undefined) =>
      Object.entries(option?.properties ?? {}).filter(([, field]) => field.const !== undefined);
    const [propertyName] = constants(options[0])[0] ?? [];
    if (propertyName === undefined) return { schema: own, ui: {} };
    const titled = drawn.map(({ schema }, index) => {
      const chosen = options[index]?.properties?.[propertyName]?.const;
      return {
        ...schema,
        title: schema.title ?? (typeof chosen === 'string' ? chosen : JSON.stringify(chosen)),
      };
    });
    const ui = Object.assign({}, ...drawn.map((each) => each.ui)) as UiSchema;
    return {
      schema: { ...own, oneOf: titled, discriminator: { propertyName } },
      ui: { ...ui, [propertyName]: { 'ui:widget': 'hidden' } },
    };
  }

  #isObject({ $ref, type }: Node): boolean {
    if ($ref === undefined) return type === 'object';
    return this.definitions[$ref.slice($ref.lastIndexOf('/') + 1)]?.type === 'object';
  }
}
