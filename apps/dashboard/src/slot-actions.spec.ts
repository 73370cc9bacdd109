import type { Slot } from '@boardwalk/contracts';
import { slotActions } from './slot-actions.ts';
import { board, done, slot } from './testing/slots.ts';

const verbs = (of: Slot, ...permissions: string[]) =>
  slotActions(of, (permission) => permissions.includes(permission)).map(({ verb }) => verb);

test.each([
  ['an empty slot', slot(), ['disable']],
  ['a slot with a board', slot({ state: 'ready', board: board() }), ['identify', 'disable']],
  ['a slot with a result', done({ outcome: 'PASS' }), ['identify', 'disable']],
  ['a slot at work', slot({ state: 'running', board: board() }), ['disable']],
  ['a slot whose probe was set aside', slot({ state: 'quarantined' }), ['recover', 'disable']],
  ['a slot out of use', slot({ state: 'disabled', enabled: false }), ['enable']],
] as const)('%s offers an engineer: %j', (_what, of, expected) => {
  expect(verbs(of, 'use-slots', 'set-slots')).toEqual(expected);
});

test('an operator puts no slot out of use, and who may only look is offered nothing', () => {
  expect(verbs(slot({ state: 'quarantined' }), 'use-slots')).toEqual(['recover']);
  expect(verbs(slot({ state: 'quarantined' }))).toEqual([]);
});
