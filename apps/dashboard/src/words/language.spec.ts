import { keyOf, languageFrom } from './language.ts';

test.each<[string | null, readonly string[], string]>([
  ['zh', ['de-DE', 'en'], 'zh'],
  [null, ['fr-FR', 'es-MX', 'de'], 'es'],
  ['xx', ['de-AT'], 'de'],
  [null, ['fr'], 'en'],
  [null, [], 'en'],
])('with %j kept, in a browser that asks for %j, the language is %s', (kept, wanted, language) => {
  expect(languageFrom(kept, wanted)).toBe(language);
});

test('two persons at one browser have a language each', () => {
  expect(keyOf('olga')).not.toBe(keyOf('omar'));
});
