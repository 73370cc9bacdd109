import { fullName } from '../../src/tiles/full-name.ts';
import { TILE_LOOKS } from '../../src/tiles/looks.ts';
import type { Tile } from '../../src/tiles/tile-of.ts';
import { lengthOf } from '../../src/words/length-of.ts';
import { message } from '../../src/words/message.ts';
import type { Worded } from '../../src/words/worded.ts';
import { COLOURS, FRAMES } from './colours.ts';
import { Fitted } from './fitted.tsx';

/** Longer than this, the sentence of an error is not readable on a tile. It is in the sheet. */
const LONGEST_LINE = 60;

/** A slot at two metres: its number left, its shape right, its word on a line of its own. */
export function SlotTile({ tile, worded, open }: { tile: Tile; worded: Worded; open: () => void }) {
  const { slot, state, word, serial, line, fraction } = tile;
  const { colour, frame, shape } = TILE_LOOKS[state];
  return (
    <div className="tile" data-slot={slot} data-state={state}>
      <button
        type="button"
        onClick={open}
        aria-label={fullName(tile, worded)}
        className={`relative flex size-full flex-col overflow-hidden rounded-lg px-[max(12px,5cqw)] py-[max(9px,3cqh)] text-left ${COLOURS[colour]} ${FRAMES[frame]}`}
      >
        <span className="tile-number flex justify-between leading-none font-bold">
          <span className="tabular-nums">{slot}</span>
          <span aria-hidden="true">{shape}</span>
        </span>
        <span data-testid="word" className="tile-word leading-none font-bold whitespace-nowrap">
          {word && worded(word)}
        </span>
        <Fitted className="tile-serial truncate font-mono leading-[1.05]" text={serial ?? ''} />
        <Fitted
          className="tile-line line-clamp-3 leading-[1.15] font-medium"
          text={line ? shortened(worded(line), worded) : ''}
        />
        {fraction !== null && (
          <span
            className="absolute bottom-0 left-0 h-[6cqh] bg-sky-400"
            style={{ width: `${Math.round(fraction * 100)}%` }}
          />
        )}
      </button>
    </div>
  );
}

const shortened = (text: string, worded: Worded): string =>
  lengthOf(text) > LONGEST_LINE ? worded(message('lineDetails')) : text;
