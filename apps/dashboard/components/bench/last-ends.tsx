import type { Outcome } from '@boardwalk/contracts';
import type { RunEnd } from '../../src/facts/run-ends.ts';
import { message } from '../../src/words/message.ts';
import type { Worded } from '../../src/words/worded.ts';
import { TILE_LOOKS, type TileState } from '../../src/tiles/looks.ts';
import { COLOURS } from './colours.ts';

/** An end looks as its tile did. */
const STATES: Readonly<Record<Outcome, TileState>> = {
  PASS: 'pass',
  FAIL: 'fail',
  ERROR: 'station',
  TIMEOUT: 'station',
  ABORTED: 'held',
};

/** The last boards in one line, newest first: as many as there is room for. */
export function LastEnds({ ends, worded }: { ends: readonly RunEnd[]; worded: Worded }) {
  return (
    <ol
      aria-label={worded(message('lastEnds'))}
      data-as-many-as-fit
      className="flex h-11 min-w-0 flex-1 flex-wrap content-start items-center gap-x-2 gap-y-4 overflow-hidden pt-1"
    >
      {ends.map(({ runId, slot, outcome, serial }) => {
        const { shape, word, colour } = TILE_LOOKS[STATES[outcome]];
        return (
          <li
            key={runId}
            className={`relative flex h-9 items-center gap-1 rounded px-2 whitespace-nowrap ${COLOURS[colour]}`}
          >
            <span aria-hidden="true">{shape}</span>
            <b>{slot}</b>
            <span className="sr-only">{word && worded(message(word))}</span>
            <span className="font-mono text-sm" title={serial ?? undefined}>
              {serial && shortened(serial)}
            </span>
          </li>
        );
      })}
      {ends.length === 0 && <li>{worded(message('noEnd'))}</li>}
    </ol>
  );
}

const END_LENGTH = 4;

/** The end of a serial, which tells neighbours apart. */
const shortened = (serial: string): string =>
  serial.length > END_LENGTH + 1 ? `…${serial.slice(-END_LENGTH)}` : serial;
