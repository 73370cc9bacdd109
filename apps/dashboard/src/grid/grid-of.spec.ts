import fc from 'fast-check';
import { gridOf, type Layout } from './grid-of.ts';

const named = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 1));

test.each([
  [0, 1, 1],
  [1, 1, 1],
  [3, 3, 3],
  [4, 4, 4],
  [5, 4, 4],
  [16, 4, 4],
  [17, 6, 4],
  [24, 6, 4],
  [25, 8, 4],
  [48, 10, 4],
])('%i slots are in %i columns, and in %i where the bench is higher than wide', (count, wide, high) => {
  const { columns, portraitColumns, cells } = gridOf(named(count), null);
  expect([columns, portraitColumns]).toEqual([wide, high]);
  expect(cells).toEqual(named(count));
});

test('a drawn fixture keeps its rows, columns and gaps in every orientation', () => {
  const layout = [['3', null, '1'], ['2']];
  expect(gridOf(named(3), layout)).toEqual({
    ...{ columns: 3, portraitColumns: 3 },
    cells: ['3', null, '1', '2', null, null],
  });
});

test('a slot that nobody drew is shown after the drawing, and a drawn one that is not there is a gap', () => {
  expect(gridOf(['1', '9'], [['1', '2']]).cells).toEqual(['1', null, '9']);
});

const SEED = 17;
test(`whatever was drawn, every slot has exactly one cell (seed ${SEED})`, () => {
  const name = fc.constantFrom(null, ...named(6));
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...named(6))),
      fc.array(fc.array(name, { maxLength: 4 }), { maxLength: 4 }),
      (slots: string[], layout: Layout) => {
        const { cells } = gridOf(slots, layout);
        expect(cells.filter((cell) => cell !== null).sort()).toEqual([...slots].sort());
      },
    ),
    { seed: SEED },
  );
});
