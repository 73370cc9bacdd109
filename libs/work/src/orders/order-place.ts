import type { WorkOrderState } from '@boardwalk/contracts';

/** What an order is, and how its boards are counted. */
export interface OrderFacts {
  readonly id: string;
  readonly state: WorkOrderState;
  readonly quantity: number;
  /** Boards whose latest attempt in the order is PASS. */
  readonly passed: number;
  /** Boards at work that are not counted as passed. */
  readonly running: number;
  /** RFC 3339 in UTC. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
}

export type NoPlace = 'closed' | 'completed' | 'held' | 'paused' | 'not-begun' | 'over' | 'full';

/** Whether an order takes one more board now. `passed` of `of` boards are made; `left` are neither made nor at work. */
export type OrderPlace = {
  readonly id: string;
  readonly passed: number;
  readonly of: number;
  readonly left: number;
} & ({ readonly open: true } | { readonly open: false; readonly why: NoPlace; readonly sentence: string });

type Bar = readonly [
  why: NoPlace,
  applies: (order: OrderFacts, now: string) => boolean,
  says: (order: OrderFacts) => string,
];

/** Why an order takes no board, the first that applies. */
const BARS: readonly Bar[] = [
  ['closed', ({ state }) => state === 'closed', () => 'is closed. Choose another order.'],
  [
    'completed',
    ({ state }) => state === 'completed',
    ({ quantity }) =>
      `has its ${boards(quantity)}. Choose another order, or scan %BW-AGAIN to test a board again.`,
  ],
  [
    'held',
    ({ state }) => state === 'held',
    () => 'is held for quality. Choose another order, or release it.',
  ],
  ['paused', ({ state }) => state === 'paused', () => 'is paused. Choose another order, or release it.'],
  [
    'not-begun',
    ({ notBefore }, now) => notBefore !== null && notBefore > now,
    ({ notBefore }) => `begins at ${notBefore}. Wait until then, or choose another order.`,
  ],
  [
    'over',
    ({ notAfter }, now) => notAfter !== null && notAfter <= now,
    ({ notAfter }) => `ended at ${notAfter}. Choose another order.`,
  ],
  [
    'full',
    ({ quantity, passed, running }) => passed + running >= quantity,
    ({ quantity, passed, running }) =>
      `has no place left: ${passed} of ${quantity} passed and ${running} at work. Wait for those at work, or choose another order.`,
  ],
];

/** @param now RFC 3339 in UTC */
export function placeIn(order: OrderFacts, now: string): OrderPlace {
  const { id, passed, running, quantity: of } = order;
  const place = { id, passed, of, left: Math.max(0, of - passed - running) };
  const bar = BARS.find(([, applies]) => applies(order, now));
  if (!bar) return { ...place, open: true };
  return { ...place, open: false, why: bar[0], sentence: `Work order ${id} ${bar[2](order)}` };
}

/** What became of boards of a completed order later, so that it has fewer than it made; null: it has them all. */
export function lossAfterCompletion(order: {
  readonly quantity: number;
  readonly passed: number;
  /** Boards that a person has replaced by others. */
  readonly replaced: number;
}): string | null {
  const { quantity, passed } = order;
  const missing = quantity - passed;
  if (missing <= 0) return null;
  const replaced = Math.min(order.replaced, missing);
  const parts = [
    [missing - replaced, 'failed'],
    [replaced, replaced === 1 ? 'was replaced' : 'were replaced'],
  ] as const;
  const words = parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count === 1 ? 'one' : count} ${what}`);
  return `${passed} of ${quantity}: ${words.join(' and ')} after completion`;
}

function boards(count: number): string {
  return count === 1 ? 'one board' : `${count} boards`;
}
