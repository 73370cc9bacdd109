import { refusalCodeOf } from './refusal.ts';
import { reworded, said, SENTENCES, type SentenceKey } from './sentences.ts';

test('every sentence belongs to a code of the table', () => {
  const keys = Object.keys(SENTENCES);
  expect(keys.length).toBeGreaterThan(40);
  expect(keys.filter((key) => refusalCodeOf(key.split(':')[0]) === null)).toEqual([]);
});

test('every sentence is worded again, and in another language, from the params of its refusal alone', () => {
  for (const key of Object.keys(SENTENCES) as SentenceKey[]) {
    const [says, remedy = ''] = SENTENCES[key];
    const names = [...`${says} ${remedy}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    const values = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
    const refusal = said(key, values as never);
    expect([key, refusal.message]).toEqual([key, expect.not.stringMatching(/\{\w+\}/)]);
    expect([key, reworded(refusal.params)]).toEqual([key, refusal.message]);
    const french = { ...SENTENCES, [key]: [`Refus : ${names.map((name) => `{${name}}`).join(', ')}`] };
    expect(reworded(refusal.params, french as typeof SENTENCES)).toBe(
      `Refus : ${names.map((name) => `<${name}>`).join(', ')}`,
    );
  }
});

test('every sentence and every next step ends as a sentence does', () => {
  for (const [key, [says, remedy]] of Object.entries(SENTENCES))
    for (const text of [says, remedy ?? '.'])
      expect([key, text]).toEqual([
        key,
        expect.stringMatching(/([.}]|FILE|: arm-none-eabi-objcopy -O ihex)$/),
      ]);
});
