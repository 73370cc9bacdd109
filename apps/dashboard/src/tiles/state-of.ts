import type { Slot } from '@boardwalk/contracts';
import { endedIn, isUnknown, type Ended } from './ended.ts';
import type { TileState } from './looks.ts';

type Rule = readonly [TileState, (slot: Slot, ended: Ended | null) => boolean];

/** The states in the order in which they are tried: what is true now comes before what was true. */
const RULES: readonly Rule[] = [
  ['running', ({ state }) => state === 'running'],
  ['no-probe', ({ state }) => state === 'no-probe'],
  ['locked', ({ state }) => state === 'disabled' || state === 'quarantined'],
  ['low-voltage', ({ state }) => state === 'low-voltage'],
  ['not-open', ({ state }) => state === 'not-open'],
  ['place', ({ state, reserved }) => state === 'empty' && reserved !== null],
  ['unknown', (_slot, ended) => ended !== null && isUnknown(ended)],
  ['pass-differs', (_slot, ended) => ended?.outcome === 'PASS' && ended.board?.verdict === 'differs'],
  ['pass', (_slot, ended) => ended?.outcome === 'PASS'],
  ['fail', (_slot, ended) => ended?.outcome === 'FAIL'],
  ['held', (_slot, ended) => ended?.outcome === 'ABORTED'],
  ['station', (_slot, ended) => ended !== null],
  ['held', ({ waiting }) => waiting !== null],
  ['ready', ({ board }) => board !== null],
  ['free', () => true],
];

/** The state of a slot's tile. @param live whether the page hears of every event */
export function stateOf(slot: Slot, live: boolean): TileState {
  if (!live) return 'stale';
  const ended = endedIn(slot);
  return RULES.find(([, applies]) => applies(slot, ended))![0];
}
