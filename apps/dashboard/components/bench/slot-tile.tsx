import { fullName } from '../../src/tiles/full-name.ts';
import { TILE_LOOKS } from '../../src/tiles/looks.ts';
import type { Tile } from '../../src/tiles/tile-of.ts';
import type { Worded } from '../../src/words/worded.ts';
import { COLOURS, FRAMES } from './colours.ts';

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
        className={`relative flex size-full flex-col overflow-hidden rounded-lg px-[5cqw] py-[4cqh] text-left ${COLOURS[colour]} ${FRAMES[frame]}`}
      >
        <span className="flex justify-between text-[length:min(66px,36cqh,30cqw)] leading-none font-bold">
          <span className="tabular-nums">{slot}</span>
          <span aria-hidden="true">{shape}</span>
        </span>
        <span
          data-testid="word"
          className="text-[length:min(36px,20cqh,12cqw)] leading-none font-bold whitespace-nowrap"
        >
          {word && worded(word)}
        </span>
        <span className="truncate font-mono text-[length:min(24px,13cqh,8cqw)] leading-none">{serial}</span>
        <span className="line-clamp-2 text-[length:min(20px,10cqh,8cqw)] leading-tight">
          {line && worded(line)}
        </span>
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
