import fc from 'fast-check';
import { canonicalJson, canonicalParts } from './canonical-json.ts';

test('the parts of an object with long lists make the text that it has at once', () => {
  const list = fc
    .array(fc.jsonValue({ maxDepth: 1 }), { minLength: 1 })
    .map((values) => Array.from({ length: 600 }, (_, at) => values[at % values.length]));
  const member = fc.oneof(fc.jsonValue({ maxDepth: 2 }), list, fc.constant(undefined));
  fc.assert(
    fc.property(fc.oneof(fc.dictionary(fc.string(), member), fc.jsonValue()), (value) => {
      expect([...canonicalParts(value)].join('')).toBe(canonicalJson(value));
    }),
  );
});
