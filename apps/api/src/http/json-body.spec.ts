import { jest } from '@jest/globals';
import fc from 'fast-check';
import { PAGE_ITEMS } from '../persistence/pages.ts';
import { jsonBody } from './json-body.ts';
import { MOST_KEYS } from './json-scan.ts';

jest.setTimeout(60_000);

const read = (text: string): Promise<unknown> => jsonBody(Buffer.from(text), 'utf-8');
const notJson = { status: 400, message: expect.stringMatching(/^The body is not JSON: /) as string };

test.each([
  ['{"a": 1, "a": 2}', '/a'],
  ['{"a": 1, "b": 2, "\\u0061": 3}', '/a'],
  ['{"a": {"b": [0, {"c": 1, "d": "}", "c": 1}]}}', '/a/b/1/c'],
  ['[{"x": 1}, {"x": 1, "x/y~": 2, "x/y~": 3}]', '/1/x~1y~0'],
  ['{"__proto__": 1, "__proto__": 2}', '/__proto__'],
  ['{"a\\\\": 1, "a\\\\": 2}', '/a\\'],
  ['{"": 1, "": 2}', '/'],
])('%s has a key twice, at %s', async (text, pointer) => {
  await expect(read(text)).rejects.toMatchObject({ code: 'invalid', errors: [{ pointer }] });
});

test.each([
  '{"a": "a", "b": ["a", "a"], "c": {"a": 1}, "d": {"a": 1}}',
  '{"a": "\\", \\"a\\": 1", "b": 2}',
  '"a"',
  '[["a", "a"], ["a", "a"]]',
])('%s has no key twice', async (text) => {
  expect(await read(text)).toEqual(JSON.parse(text));
});

test.each(['{"a": ', '{"a', '}{]["', '', 'nul', '{"a": 1} {"b": 2}'])('%s is no JSON', async (text) => {
  await expect(read(text)).rejects.toMatchObject(notJson);
});

test('a body that is nested as deep as its size allows is refused before it is parsed', async () => {
  await expect(read('['.repeat(2_000_000))).rejects.toThrow(/nested deeper than 64 levels/);
});

test('an object with more keys than any of this API is refused, and the refusal names it', async () => {
  const wide = (keys: number): string =>
    `{"a":[${JSON.stringify(Object.fromEntries(Array.from({ length: keys }, (_, at) => [`k${at}`, at])))}]}`;
  await read(wide(MOST_KEYS));
  await expect(read(wide(MOST_KEYS + 1))).rejects.toThrow(
    'The object at /a/0 has more than 10000 fields. Send only fields of this request.',
  );
});

/** Objects of which some members are lists of several pages, as the text that a client may make of them. */
const bodies = fc
  .dictionary(
    fc.string(),
    fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc
        .tuple(
          fc.array(fc.jsonValue({ maxDepth: 1 }), { minLength: 1 }),
          fc.integer({ min: -1, max: 2 * PAGE_ITEMS }),
        )
        .map(([values, more]) =>
          Array.from({ length: PAGE_ITEMS + more }, (_, at) => values[at % values.length]),
        ),
    ),
    { maxKeys: 4 },
  )
  .chain((value) => fc.constantFrom(undefined, 1, '\t').map((indent) => JSON.stringify(value, null, indent)));

test('what is read in pages is what the parser reads at once', async () => {
  await fc.assert(
    fc.asyncProperty(bodies, async (text) => expect(await read(text)).toEqual(JSON.parse(text))),
  );
});

test('text with an error anywhere in it is refused, in a long list too', async () => {
  const spoilt = fc
    .tuple(bodies, fc.nat(), fc.constantFrom(',', ']', '}', '"', '[', '', ':', '1', ' '))
    .map(([text, where, character]) => {
      const at = where % text.length;
      return text.slice(0, at) + character + text.slice(at + 1);
    });
  await fc.assert(
    fc.asyncProperty(spoilt, async (text) => {
      const [ours, theirs] = await Promise.allSettled([
        read(text),
        (async () => JSON.parse(text) as unknown)(),
      ]);
      if (ours.status === 'fulfilled') return expect(ours).toEqual(theirs);
      // A key that came to be there twice is refused too, in text that is JSON or is not; and where a quote came or
      // went, brackets of strings count as brackets, of which there may be too many.
      const { message } = ours.reason as Error;
      expect(message).toMatch(theirs.status === 'rejected' ? /is not JSON|twice|nested deeper/ : /twice/);
    }),
  );
});

test.each([1, 2, 3])('a list of %i pages that ends with a comma is refused', async (pages) => {
  const items = Array.from({ length: pages * PAGE_ITEMS }, () => 7).join();
  await expect(read(`{"a":[${items},]}`)).rejects.toMatchObject(notJson);
  await expect(read(`{"a":[,${items}]}`)).rejects.toMatchObject(notJson);
  expect(await read(`{"a":[${items}]}`)).toEqual({ a: JSON.parse(`[${items}]`) as unknown });
});

test('a long list under the name of the prototype changes no prototype', async () => {
  const items = Array.from({ length: 2 * PAGE_ITEMS }, () => 7);
  const body = (await read(`{"__proto__":${JSON.stringify(items)}}`)) as object;
  expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
  expect(Object.keys(body)).toEqual(['__proto__']);
});
