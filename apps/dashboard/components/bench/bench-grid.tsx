'use client';
import type { CSSProperties } from 'react';
import { gridOf } from '../../src/grid/grid-of.ts';
import type { Place } from '../../src/strip/bench-sight.ts';
import { message } from '../../src/words/message.ts';
import type { Worded } from '../../src/words/worded.ts';
import { SlotTile } from './slot-tile.tsx';

/** The fixture: every slot in its place, as large as the window allows. */
export function BenchGrid({
  places,
  worded,
  open,
}: {
  places: readonly Place[];
  worded: Worded;
  open: (slot: string) => void;
}) {
  const tiles = new Map(places.map(({ tile }) => [tile.slot, tile]));
  const { columns, portraitColumns, cells } = gridOf([...tiles.keys()], null);
  const sizes = {
    '--columns': columns,
    '--portrait-columns': portraitColumns,
    '--rows': Math.ceil(cells.length / columns),
  } as CSSProperties;
  if (cells.length === 0) return <p className="flex-1 p-6 text-xl">{worded(message('noSlot'))}</p>;
  return (
    <div className="bench" style={sizes}>
      <div className="bench-box">
        <div className="bench-grid" role="group" aria-label={worded(message('slots'))}>
          {cells.map((name, index) => {
            const tile = name === null ? undefined : tiles.get(name);
            return tile ? (
              <SlotTile key={tile.slot} tile={tile} worded={worded} open={() => open(tile.slot)} />
            ) : (
              <div key={`gap ${index}`} />
            );
          })}
        </div>
      </div>
    </div>
  );
}
