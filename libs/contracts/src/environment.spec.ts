import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { settings } from './environment.ts';

const README = fileURLToPath(new URL('../../../README.md', import.meta.url));

test('the README has a row for each setting, with its default, and for nothing else', () => {
  const rows = readFileSync(README, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `BOARDWALK_'));
  const named = rows.flatMap((row) => row.split('|')[1]!.match(/BOARDWALK_\w+/g)!);
  expect(named.sort()).toEqual(
    settings()
      .map(({ name }) => name)
      .sort(),
  );
  for (const { name, byDefault } of settings()) {
    const row = rows.find((each) => new RegExp(`\\b${name}\\b`).test(each))!;
    if (byDefault !== null)
      expect([name, row.split('|')[2]]).toEqual([name, expect.stringContaining(byDefault)]);
  }
});
