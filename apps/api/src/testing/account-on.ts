import type { Role } from '@boardwalk/contracts';
import { AccountRegister, badgeDigest, passwordHash } from '@boardwalk/records';
import Sqlite from 'better-sqlite3';

const AUTHOR = { actor: 'host:test', role: 'host', reason: 'for a test' };

/** What the command line does beside a running station. */
export async function withRegister<Result>(
  file: string,
  work: (register: AccountRegister) => Result | Promise<Result>,
): Promise<Result> {
  const database = new Sqlite(file, { timeout: 5000 });
  try {
    return await work(new AccountRegister(database));
  } finally {
    database.close();
  }
}

/** Adds an account; gives its token. */
export function accountOn(
  file: string,
  name: string,
  role: Role,
  more: { expiresAt?: string; badge?: string; password?: string } = {},
): Promise<string> {
  return withRegister(file, async (register) => {
    const { badge, password, expiresAt = null } = more;
    const badgeHash = badge === undefined ? undefined : await badgeDigest(badge, register.badgeSalt());
    const word = password === undefined ? undefined : await passwordHash(password);
    return register.addWithToken({ name, role, badgeHash, passwordHash: word }, expiresAt, AUTHOR);
  });
}

export function revokeOn(file: string, name: string): Promise<void> {
  return withRegister(file, (register) => register.revoke(name, AUTHOR));
}
