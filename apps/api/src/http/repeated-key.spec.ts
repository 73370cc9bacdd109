import fc from 'fast-check';
import { MOST_KEYS, repeatedKey } from './repeated-key.ts';

test.each([
  ['{"a": 1, "a": 2}', '/a'],
  ['{"a": 1, "b": 2, "\\u0061": 3}', '/a'],
  ['{"a": {"b": [0, {"c": 1, "d": "}", "c": 1}]}}', '/a/b/1/c'],
  ['[{"x": 1}, {"x": 1, "x/y~": 2, "x/y~": 3}]', '/1/x~1y~0'],
  ['{"__proto__": 1, "__proto__": 2}', '/__proto__'],
  ['{"a\\\\": 1, "a\\\\": 2}', '/a\\'],
  ['{"": 1, "": 2}', '/'],
])('%s has a key twice, at %s', (text, pointer) => {
  expect(repeatedKey(text)).toBe(pointer);
});

test.each([
  '{"a": "a", "b": ["a", "a"], "c": {"a": 1}, "d": {"a": 1}}',
  '{"a": "\\", \\"a\\": 1", "b": 2}',
  '"a"',
  '{"a": ',
  '{"a',
  '}{]["',
  '[["a", "a"], ["a", "a"]]',
])('%s has no key twice', (text) => {
  expect(repeatedKey(text)).toBeNull();
});

test('what a serializer writes never has a key twice, whatever its strings are', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(repeatedKey(JSON.stringify(value))).toBeNull();
    }),
  );
});

test('a body that is nested as deep as its size allows is left to the parser', () => {
  expect(repeatedKey('['.repeat(2_000_000))).toBeNull();
});

test('an object with more keys than any of this API is refused, and the refusal names it', () => {
  const wide = (keys: number): string =>
    `{"a":[${JSON.stringify(Object.fromEntries(Array.from({ length: keys }, (_, at) => [`k${at}`, at])))}]}`;
  expect(repeatedKey(wide(MOST_KEYS))).toBeNull();
  expect(() => repeatedKey(wide(MOST_KEYS + 1))).toThrow(
    'The object at /a/0 has more than 10000 fields. Send only fields of this request.',
  );
});
