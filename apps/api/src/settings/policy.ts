import type { Environment } from '@boardwalk/contracts';

/** What this station's owner decided, by environment. */
export class Policy {
  constructor(
    readonly settings: {
      /** Jobs that may wait or run at once; past it POST /jobs answers 429. */
      readonly queueLimit: number;
      /** Requests that share one durable transaction at most; 1: each has its own. */
      readonly commitGroup: number;
      /** POST /jobs without an Idempotency-Key is refused. */
      readonly requireKey: boolean;
      /** Which revisions may run: any that is not retired, or those with one or two signatures. */
      readonly release: Environment['BOARDWALK_RELEASE'];
      /** How serials find boards that are in sockets already: one board at a time, or in the order of the slots. */
      readonly scanOrder: Environment['BOARDWALK_SCAN_ORDER'];
      /** How long a slot is kept for a scanned board. */
      readonly reserveSeconds: number;
    },
  ) {}

  static of(env: Environment): Policy {
    return new Policy({
      queueLimit: env.BOARDWALK_QUEUE_LIMIT,
      commitGroup: env.BOARDWALK_COMMIT_GROUP,
      requireKey: env.BOARDWALK_REQUIRE_KEY === '1',
      release: env.BOARDWALK_RELEASE,
      scanOrder: env.BOARDWALK_SCAN_ORDER,
      reserveSeconds: env.BOARDWALK_RESERVE_SECONDS,
    });
  }
}
