import { DEMO_MIX, DemoBoards } from './demo-mix.ts';

const OWN = ['f103cb', 'f103c8'];
const UID = '066cff485349755087114331';

/** Takes a whole turn of the mix through slot 0. */
function turn(boards: DemoBoards) {
  return DEMO_MIX.map(() => ({ ...boards.next(0, null, false), fault: boards.takeFault(0) }));
}

test('a turn has a clone, a write-protected board, a board to be tested again and a dying probe', () => {
  const placed = turn(new DemoBoards(OWN));
  const specs = placed.map(({ spec }) => spec);
  expect(specs).toContain('cks32');
  expect(specs).toContain('f103cb+wrp');
  expect(placed.map(({ fault }) => fault?.kind)).toEqual(
    expect.arrayContaining(['flash-wrong-bit', 'unplug-after', undefined]),
  );
  expect(placed.filter(({ again }) => again)).toHaveLength(1);
});

test('a board that failed by its fault goes in again, the same chip, without the fault', () => {
  const boards = new DemoBoards(OWN);
  let placed = boards.next(1, null, false);
  while (!placed.again) placed = boards.next(1, null, false);
  expect(boards.takeFault(1)).toMatchObject({ kind: 'flash-wrong-bit' });
  expect(boards.takeFault(1)).toBeNull();
  expect(boards.next(1, { uid: UID, outcome: 'FAIL' }, false)).toEqual({ spec: `f103c8+uid=${UID}` });
  expect(boards.takeFault(1)).toBeNull();
  const after = boards.next(1, { uid: UID, outcome: 'FAIL' }, false);
  expect(after.spec).not.toContain('uid=');
});

test('while other people’s jobs wait every slot gets its own kind of board, and the turn goes on after them', () => {
  const boards = new DemoBoards(OWN);
  const first = boards.next(0, null, false);
  for (let n = 0; n < 20; n += 1) {
    expect(boards.next(0, { uid: UID, outcome: 'FAIL' }, true)).toEqual({ spec: 'f103cb' });
    expect(boards.next(1, null, true)).toEqual({ spec: 'f103c8' });
    expect(boards.takeFault(0)).toBeNull();
  }
  const rest = DEMO_MIX.slice(1).map(() => boards.next(0, null, false).spec);
  expect([first.spec, ...rest]).toEqual(turn(new DemoBoards(OWN)).map(({ spec }) => spec));
});
