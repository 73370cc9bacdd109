import type { ScanState } from '@boardwalk/contracts';
import { asIs, message, type Message } from '../words/message.ts';

/** What a person has chosen by scans, as the station has it: it is there after a reload too. */
export function choiceOf({ order, recipe, serialRule, slot, lot, again }: ScanState): readonly Message[] {
  const parts = [
    order && message('choiceOrder', { order: order.id, passed: order.passed, of: order.of }),
    recipe === null ? null : message('choiceRecipe', { recipe }),
    serialRule === null ? null : asIs(serialRule),
    slot === null ? null : message('choiceSlot', { slot }),
    lot === null ? null : message('choiceLot', { lot }),
    again === null ? null : message('choiceAgain'),
  ].filter((part) => part !== null);
  return parts.length === 0 ? [message('choiceNone')] : parts;
}
