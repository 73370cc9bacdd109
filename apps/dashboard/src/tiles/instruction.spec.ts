import { REFUSALS, RUN_ROWS } from '@boardwalk/contracts';
import { instruction } from './instruction.ts';

test.each(Object.keys(RUN_ROWS))('an operator has a short act for a run that ended with %s', (reason) => {
  const said = instruction({ reason, remedy: 'A sentence of the station.' }, 'operator');
  expect(said?.key).toMatch(/^do[A-Z]/);
  expect(REFUSALS[reason as keyof typeof RUN_ROWS].operator).not.toBe('');
});

test('a reason of an earlier version has the remedy that was recorded', () => {
  const said = instruction({ reason: 'erase-failed', remedy: 'Set the board aside.' }, 'operator');
  expect(said).toEqual({ key: 'asIs', values: { text: 'Set the board aside.' } });
});

test('nothing is said where nothing is to be done', () => {
  expect(instruction({ reason: null, remedy: null }, 'operator')).toBeNull();
  expect(instruction({ reason: 'interrupted', remedy: null }, 'admin')).toBeNull();
});
