import type { Slot } from '@boardwalk/contracts';
import { board, done, last, opening, probe, run, slot } from '../testing/slots.ts';
import { wordsIn } from '../words/worded.ts';
import { TILE_LOOKS, type TileState } from './looks.ts';
import { tileOf, type Sight } from './tile-of.ts';

const english = wordsIn('en');
const shown = (of: Slot, sight: Partial<Sight> = {}) => {
  const { state, word, serial, line } = tileOf(of, { live: true, role: 'operator', ...sight });
  return [state, word && english(word), serial, line && english(line)];
};

const kept = { serial: 'SN-9', until: '2026-11-27T12:01:00.000Z' };
const voltage = (volts: number | null): Slot => slot({ state: 'low-voltage', probe: probe(volts) });
const FAILED = { outcome: 'FAIL', reason: 'write-protected' } as const;
const ROWS: readonly (readonly [string, Slot, readonly [TileState, ...(string | null)[]]])[] = [
  ['nothing in the socket', slot(), ['free', 'FREE', null, null]],
  ['a slot kept for a serial', slot({ reserved: kept }), ['place', 'PLACE', 'SN-9', null]],
  ['a kept slot, after a result', slot({ reserved: kept, last: last() }), ['place', 'PLACE', 'SN-9', null]],
  [
    'a board that was not scanned',
    slot({ state: 'ready', board: board({ serial: null }) }),
    ['ready', 'READY', null, 'scan its code'],
  ],
  [
    'another board than the one that passed',
    slot({ state: 'ready', board: board({ serial: null }), last: last() }),
    ['ready', 'READY', null, 'scan its code'],
  ],
  [
    'a run at work',
    slot({ state: 'running', board: board(), run: run({ stepIndex: 2, step: 'program', fraction: 0.638 }) }),
    ['running', '64 %', 'SN-1', 'step 3 of 4: program'],
  ],
  [
    'an identification',
    slot({ state: 'running', board: board({ serial: null }) }),
    ['running', 'BUSY', null, null],
  ],
  ['PASS, board in', done({ outcome: 'PASS' }), ['pass', 'PASS', 'SN-1', null]],
  ['PASS, board out', slot({ last: last() }), ['pass', 'PASS', 'SN-1', null]],
  [
    'PASS, and the next board is scanned',
    done({ outcome: 'PASS' }, { reserved: kept }),
    ['pass', 'PASS', 'SN-1', 'take it out, then SN-9'],
  ],
  [
    'PASS of a chip that resembles another family',
    done({ outcome: 'PASS' }, { board: board({ verdict: 'differs', resembles: 'CKS32' }) }),
    ['pass-differs', 'PASS', 'SN-1', 'differs: CKS32, keep apart'],
  ],
  [
    'PASS of a chip of an unknown family',
    done({ outcome: 'PASS' }, { board: board({ verdict: 'differs' }) }),
    ['pass-differs', 'PASS', 'SN-1', 'differs: family not identified, keep apart'],
  ],
  [
    'PASS of another ST part',
    done({ outcome: 'PASS' }, { board: board({ verdict: 'differs', difference: 'part' }) }),
    ['pass-differs', 'PASS', 'SN-1', 'differs: ST, not the part ordered, keep apart'],
  ],
  ['FAIL, board in', done(FAILED), ['fail', 'FAIL', 'SN-1', '→ red box']],
  ['FAIL, board out', slot({ last: last(FAILED) }), ['fail', 'FAIL', 'SN-1', '→ red box']],
  [
    'ERROR',
    done({ outcome: 'ERROR', reason: 'no-power' }),
    ['station', 'STATION', 'SN-1', 'put in again, rescan'],
  ],
  [
    'TIMEOUT',
    done({ outcome: 'TIMEOUT', reason: 'timed-out' }),
    ['station', 'STATION', 'SN-1', 'rescan; 2nd time → red box'],
  ],
  [
    'a run that the station lost in a crash, board in',
    slot({
      ...{ state: 'ready', board: board({ serial: null }) },
      last: last({ outcome: 'ERROR', reason: 'interrupted' }),
    }),
    ['unknown', 'RESCAN', 'SN-1', null],
  ],
  [
    'a run that the station lost in a crash, another board in',
    slot({
      ...{ state: 'ready', board: board({ uid: 'u2', serial: null }) },
      last: last({ outcome: 'ERROR', reason: 'interrupted' }),
    }),
    ['ready', 'READY', null, 'scan its code'],
  ],
  [
    'a run that a person stopped',
    done({ outcome: 'ABORTED', reason: 'cancelled' }),
    ['unknown', 'RESCAN', 'SN-1', null],
  ],
  [
    'a board that waits for a decision',
    done({ outcome: 'ABORTED', reason: 'identity-held' }),
    ['held', 'HELD', 'SN-1', '→ quality box'],
  ],
  [
    'a board on which no run starts',
    slot({ state: 'ready', board: board(), waiting: { reason: 'record-held', detail: 'A sentence.' } }),
    ['held', 'HELD', 'SN-1', '→ quality box'],
  ],
  [
    'a probe that is set aside',
    slot({ state: 'quarantined', note: 'Unplug it.' }),
    ['locked', 'LOCKED', null, 'call the engineer'],
  ],
  [
    'a slot that a person took out of use',
    slot({ state: 'disabled', enabled: false, last: last() }),
    ['locked', 'LOCKED', null, 'out of use'],
  ],
  [
    'a slot that golden and known-bad boards have not opened for the shift',
    slot({ state: 'not-open', opening: opening('Put the golden board into slot 1.') }),
    ['not-open', 'NOT OPEN', null, 'Put the golden board into slot 1.'],
  ],
  ['no probe', slot({ state: 'no-probe', port: '1-4.2' }), ['no-probe', 'NO PROBE', null, '1-4.2']],
  ['low voltage', voltage(1.2), ['low-voltage', 'NO POWER', null, '1.20 V: check contact']],
  ['a voltage that nobody measured', voltage(null), ['low-voltage', 'NO POWER', null, 'check contact']],
];

test.each(ROWS)('%s', (_title, of, row) => expect(shown(of)).toEqual(row));

test('every state of the table but stale is in a row of this file', () => {
  const seen = new Set(ROWS.map(([, , [state]]) => state));
  expect([...seen, 'stale'].sort()).toEqual(Object.keys(TILE_LOOKS).sort());
});

test.each(ROWS)('a page that is not live says nothing about %s', (_title, of) => {
  expect(shown(of, { live: false })).toEqual(['stale', null, null, null]);
  expect(tileOf(of, { live: false, role: 'operator' }).fraction).toBeNull();
});

test('an engineer reads the remedy of the error, not the short act of an operator', () => {
  const failed = done({ outcome: 'FAIL', reason: 'read-protected', remedy: 'Stop the station.' });
  expect(shown(failed, { role: 'engineer' })[3]).toBe('Stop the station.');
  const aside = slot({ state: 'quarantined', note: 'Unplug it.' });
  expect(shown(aside, { role: 'engineer' })[3]).toBe('Unplug it.');
});

test('only PASS of a run is green', () => {
  const green = ROWS.filter(
    ([, of]) => TILE_LOOKS[tileOf(of, { live: true, role: 'x' }).state].colour === 'green',
  );
  expect(green.map(([, of]) => of.run?.outcome ?? of.last?.outcome)).toEqual(green.map(() => 'PASS'));
});
