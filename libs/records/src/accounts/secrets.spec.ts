import { jest } from '@jest/globals';
import { passwordHash, passwordMatches } from './secrets.ts';

jest.setTimeout(60_000);

const PASSWORD = 'vier Möwen am Kai';

test('a hash is checked at the cost that it was made with, lower or higher than that of new ones', async () => {
  for (const cost of [
    { N: 2 ** 10, r: 8, p: 1 },
    { N: 2 ** 11, r: 4, p: 3 },
    { N: 2 ** 16, r: 8, p: 2 },
  ]) {
    const stored = await passwordHash(PASSWORD, cost);
    expect(stored.startsWith(`scrypt$${cost.N}$${cost.r}$${cost.p}$`)).toBe(true);
    expect(await passwordMatches(PASSWORD, stored)).toBe(true);
    expect(await passwordMatches(`${PASSWORD}.`, stored)).toBe(false);
  }
});

test('a hash of another cost than it says, of no cost or of an absurd one opens nothing', async () => {
  const [, N, r, p, salt, digest] = (await passwordHash(PASSWORD)).split('$');
  const hash = (...parts: unknown[]) => ['scrypt', ...parts].join('$');
  for (const stored of [
    hash(2 ** 10, r, p, salt, digest),
    hash('', '', '', salt, digest),
    hash(2 ** 30, r, p, salt, digest),
    hash(N, 2 ** 20, p, salt, digest),
    hash(N, r, 10_000, salt, digest),
    hash(3, r, p, salt, digest),
    hash(N, r, p, salt, ''),
    ['md5', N, r, p, salt, digest].join('$'),
    '',
    null,
  ])
    expect([stored, await passwordMatches(PASSWORD, stored)]).toEqual([stored, false]);
});
