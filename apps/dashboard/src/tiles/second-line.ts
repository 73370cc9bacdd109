import type { Slot } from '@boardwalk/contracts';
import { asIs, message, type Message } from '../words/message.ts';
import { endedIn } from './ended.ts';
import { instruction } from './instruction.ts';
import type { TileState } from './looks.ts';

type Line = (slot: Slot, role: string) => Message | null;

const nothing: Line = () => null;

/** State → the one instruction below its word. */
export const SECOND_LINES: Readonly<Record<TileState, Line>> = {
  free: nothing,
  place: nothing,
  ready: () => message('lineScanIt'),
  running: ({ run }) =>
    run && message('lineStep', { step: run.stepIndex + 1, of: run.stepCount, name: run.step }),
  pass: ({ reserved }) => reserved && message('lineTakeOut', { serial: reserved.serial }),
  'pass-differs': ({ board }) => differs(board),
  fail: afterEnd,
  station: afterEnd,
  unknown: nothing,
  held: ({ waiting, ...slot }, role) =>
    waiting
      ? instruction({ reason: waiting.reason, remedy: waiting.detail }, role)
      : afterEnd({ ...slot, waiting }, role),
  locked: ({ state, note }, role) =>
    state === 'disabled'
      ? message('lineOutOfUse')
      : role === 'operator' || note === null
        ? message('doCallEngineer')
        : asIs(note),
  'no-probe': ({ port }) => asIs(port),
  'low-voltage': ({ probe }) => {
    const volts = probe?.targetVoltage ?? null;
    return volts === null ? message('lineNoVoltage') : message('lineVoltage', { volts: volts.toFixed(2) });
  },
  'not-open': ({ opening }) => (opening?.remedy ? asIs(opening.remedy) : null),
  stale: nothing,
};

function afterEnd(slot: Slot, role: string): Message | null {
  const ended = endedIn(slot);
  return ended && instruction(ended, role);
}

function differs(board: Slot['board']): Message {
  if (board?.difference === 'part') return message('lineDiffersPart');
  return board?.resembles
    ? message('lineDiffers', { family: board.resembles })
    : message('lineDiffersUnknown');
}
