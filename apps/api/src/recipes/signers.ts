import type { Recipe, Signature } from '@boardwalk/contracts';
import { foldedName, sameName } from '@boardwalk/records';
import type { Transaction } from '../persistence/database.ts';

/**
 * Who stands for a revision, read from the hash-chained record: the columns of a table can be changed by hand, and a
 * signature says a name where the record says which account was logged in.
 */
export class Signers {
  constructor(private readonly transaction: Transaction) {}

  /** The account that wrote a revision; null where the record does not say. */
  async authorOf({ name, revision }: Pick<Recipe, 'name' | 'revision'>): Promise<string | null> {
    const rows = await this.#rowsOf(['recipe.added'], subjectsOf(name, revision));
    return rows.find(({ data }) => data['revision'] === revision)?.actor ?? null;
  }

  /** The signatures that a person set as that person: the name under it is the account that was logged in. */
  async ownHand({ name, revision, signatures }: Recipe): Promise<Signature[]> {
    const rows = await this.#rowsOf(['recipe.changed'], subjectsOf(name, revision));
    const signed = rows.filter(({ data }) => data['revision'] === revision);
    return signatures.filter((signature, index) => {
      const row = signed.find(({ data }) => (data['signatures'] as unknown[]).length === index + 1);
      return row !== undefined && (row.role === 'station' || sameName(row.actor, signature.by));
    });
  }

  /**
   * One of `others` that can let itself in as `account`, or the other way round: it made that account, or gave it a
   * token, a badge or a password, itself or through accounts that it made. They may be one person.
   */
  async sameHandAs(account: string, others: readonly string[]): Promise<string | null> {
    const givers = await this.#givers();
    const behind = reachable(account, givers);
    return (
      others.find(
        (other) => behind.has(foldedName(other)) || reachable(other, givers).has(foldedName(account)),
      ) ?? null
    );
  }

  /** Account → who gave it a way in. */
  async #givers(): Promise<Map<string, Set<string>>> {
    const rows = await this.#rowsOf(['account.added', 'account.changed']);
    const givers = new Map<string, Set<string>>();
    for (const { type, actor, subject, data } of rows) {
      if (type === 'account.changed' && !givesWayIn(data['changed'])) continue;
      const account = foldedName(subject.slice('account/'.length));
      if (account === foldedName(actor)) continue;
      givers.set(account, (givers.get(account) ?? new Set()).add(foldedName(actor)));
    }
    return givers;
  }

  async #rowsOf(types: string[], subjects?: string[]) {
    const rows = await this.transaction.event.findMany({
      where: { type: { in: types }, data: { not: null }, ...(subjects && { subject: { in: subjects } }) },
      orderBy: { id: 'asc' },
      select: { type: true, actor: true, role: true, subject: true, data: true },
    });
    return rows.map((row) => ({ ...row, data: JSON.parse(row.data!) as Record<string, unknown> }));
  }
}

/** Earlier versions named the recipe alone. */
function subjectsOf(name: string, revision: number): string[] {
  return [`recipe/${name}/${revision}`, `recipe/${name}`];
}

/** A change says which parts it was of; one without is another token. */
function givesWayIn(changed: unknown): boolean {
  return !Array.isArray(changed) || changed.includes('badge') || changed.includes('password');
}

function reachable(account: string, givers: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set<string>();
  const open = [foldedName(account)];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const giver of givers.get(next) ?? []) {
      if (found.has(giver)) continue;
      found.add(giver);
      open.push(giver);
    }
  return found;
}
