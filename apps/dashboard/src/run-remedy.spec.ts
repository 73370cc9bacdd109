import { runRemedy } from './run-remedy.ts';

const run = { reason: 'read-protected', remedy: 'Stop the station, then run "boardwalk unprotect".' };

test('an operator is sent to the red box, an engineer to the command', () => {
  expect(runRemedy(run, 'operator')).toBe('→ red box');
  expect(runRemedy(run, 'engineer')).toBe(run.remedy);
});

test('an operator is also told what to do where the run has no remedy of its own', () => {
  expect(runRemedy({ reason: 'interrupted', remedy: null }, 'operator')).toMatch(/scan it again/);
  expect(runRemedy({ reason: 'interrupted', remedy: null }, 'admin')).toBe('');
});

test('a reason of an earlier version has the remedy that was recorded', () => {
  expect(runRemedy({ reason: 'erase-failed', remedy: 'Set the board aside.' }, 'operator')).toBe(
    'Set the board aside.',
  );
});
