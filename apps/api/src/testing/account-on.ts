import type { Role } from '@boardwalk/contracts';
import { AccountRegister, badgeDigest, passwordHash } from '@boardwalk/records';
import { besideStation } from './beside-station.ts';

const AUTHOR = { actor: 'host:test', role: 'host', reason: 'for a test' };

/** Changes accounts as the command line does next to a running station. */
export function withRegister<Result>(
  file: string,
  work: (register: AccountRegister) => Result | Promise<Result>,
): Promise<Result> {
  return besideStation(file, (database) => work(new AccountRegister(database)));
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
