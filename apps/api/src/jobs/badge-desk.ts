import { badgeDigest } from '@boardwalk/records';
import { Injectable } from '@nestjs/common';
import { Database } from '../persistence/database.ts';

/** Tells an operator's badge from a board's code. A badge is a secret: its code is compared as its digest alone. */
@Injectable()
export class BadgeDesk {
  /** One digest after another: each takes 32 MiB and about 0.1 s of a processor. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly database: Database) {}

  /** The account that a scanned code opens; null when it is no badge. */
  async ownerOf(code: string): Promise<string | null> {
    // Where nobody has a badge no scan waits for a digest.
    if (!(await this.database.account.findFirst({ where: { badgeHash: { not: null } } }))) return null;
    const [row] = await this.database.$queryRaw<[{ salt: string }]>`SELECT "salt" FROM "BadgeSalt"`;
    const digest = this.#last.then(() => badgeDigest(code, row.salt));
    this.#last = digest.catch(() => undefined);
    const badgeHash = await digest;
    const account = await this.database.account.findFirst({ where: { badgeHash, revokedAt: null } });
    return account?.name ?? null;
  }
}
