import { Ajv2020 } from 'ajv/dist/2020.js';
import { document, routeOf } from './document.ts';

/** An answer of the station, as it came. */
export interface Answer {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** `fetch`, which keeps what was answered. */
export function recording(answers: Answer[]): typeof fetch {
  return async (input, init) => {
    const answer = await fetch(input, init);
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    const text = await answer.clone().text();
    answers.push({ method: init?.method ?? 'GET', url, status: answer.status, type, text });
    return answer;
  };
}

/** What is wrong with an answer by the document: null when its status, type and every field stand there. */
export class AnswerJudge {
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });

  constructor() {
    this.#ajv.addSchema({ ...(closed({ components: document.components }) as object), $id: 'document' });
  }

  wrongWith({ method, url, status, type, text }: Answer): string | null {
    const { pathname } = new URL(url);
    const route = routeOf(method, pathname);
    const name = `${method} ${pathname} ${status} ${type}`;
    const documented = route?.operation.responses[status];
    if (!documented) return `${name}: not in the document`;
    if (!documented.content) return text === '' ? null : `${name}: a body that is not in the document`;
    const { schema } = documented.content[type] ?? {};
    if (!schema) return `${name}: a type that is not in the document`;
    if (!type.endsWith('json')) return null;
    const check = this.#ajv.compile(rooted(closed(schema)) as object);
    return check(JSON.parse(text)) ? null : `${name}: ${this.#ajv.errorsText(check.errors)}`;
  }
}

/** A field that the document does not name is a mistake here, though a client must bear it. */
function closed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closed);
  if (part === null || typeof part !== 'object') return part;
  const inner = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, closed(value)]));
  const open = 'properties' in part && !('additionalProperties' in part) && isSchema(part);
  return open ? { ...inner, additionalProperties: false } : inner;
}
const isSchema = (part: object): boolean => 'type' in part && part.type === 'object';

function rooted(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/'));
}
