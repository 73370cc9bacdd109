import { ANCHOR_FILE, anchorLine, appendLine, hasAnchorOf } from '@boardwalk/records';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { Database } from '../persistence/database.ts';

/**
 * Once a day, and with each order that has its boards, the chain's head goes where the database's owner cannot take it back: into the log, which sites ship
 * away, and into a file beside the database, which `boardwalk audit verify` holds the chain against.
 */
export class DailyAnchors {
  readonly #file: string;

  constructor(
    private readonly database: Database,
    dataDirectory: string,
    private readonly log: Logger,
  ) {
    this.#file = join(dataDirectory, ANCHOR_FILE);
  }

  /** Writes today's line (UTC) unless it is there. */
  async keep(now: Date): Promise<void> {
    const date = now.toISOString().slice(0, 10);
    // A line of a later day, written while the clock was wrong, must not end the anchors of all days until then.
    if (!hasAnchorOf(date, this.#file)) await this.#write(date, 'the audit chain’s anchor of the day');
  }

  /** Writes a line for an order that has its boards: what was delivered is anchored the moment that it is made. */
  async completed(order: string, now: Date): Promise<void> {
    const date = now.toISOString().slice(0, 10);
    await this.#write(date, `the audit chain’s anchor of work order ${order}`);
  }

  async #write(date: string, says: string): Promise<void> {
    const head = await this.database.event.findFirst({
      orderBy: { id: 'desc' },
      select: { id: true, hash: true },
    });
    if (!head) return;
    appendLine(this.#file, anchorLine({ date, ...head }));
    this.log.info({ audit: { date, ...head } }, says);
  }
}
