/** Draws with a seed (mulberry32): the same each time. */
function drawsOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const BEGIN = Date.UTC(2024, 10, 1);
const END = Date.UTC(2026, 10, 1);
/** Runs of one order, as a shift makes them. */
const ORDER_RUNS = 500;
const SLOTS = 16;
const MOST_ATTEMPTS = 3;
/** Runs of other boards between two attempts of one, at most. */
const RETEST_AFTER = 40;
const OPERATORS = ['ann', 'bob', 'eve', 'joe', null];
const REASONS = ['verify-mismatch', 'identity-differs', 'program-failed'];

function outcomeOf(drawn) {
  if (drawn < 0.93) return 'PASS';
  if (drawn < 0.97) return 'FAIL';
  if (drawn < 0.985) return 'ERROR';
  return drawn < 0.993 ? 'TIMEOUT' : 'ABORTED';
}

function newBoard(number, draw) {
  const word = number.toString(16).padStart(8, '0');
  const kind = draw();
  return {
    number,
    uid: `066f${word}5351885087174728`.slice(0, 24),
    serial: `SN${String(number).padStart(8, '0')}`,
    verdict: kind < 0.96 ? 'consistent' : kind < 0.98 ? 'differs' : 'insufficient',
    attempts: 0,
    runs: [],
  };
}

const reasonOf = (outcome, draw) => {
  if (outcome === 'PASS') return null;
  if (outcome === 'FAIL') return REASONS[Math.floor(draw() * REASONS.length)];
  return { ERROR: 'no-target', TIMEOUT: 'timeout', ABORTED: 'aborted' }[outcome];
};

/** Boards one after the other, each with its attempts; one that did not pass comes back a little later. */
export function* storyOf({ runs, seed }) {
  const draw = drawsOf(seed);
  const returning = new Map();
  const spacing = (END - BEGIN) / runs;
  let boards = 0;
  for (let index = 0; index < runs; index += 1) {
    const board = returning.get(index) ?? newBoard((boards += 1), draw);
    returning.delete(index);
    const outcome = outcomeOf(draw());
    if (outcome !== 'ABORTED') board.attempts += 1;
    const startedAt = BEGIN + index * spacing + draw() * spacing * 0.2;
    const took = 14_000 + Math.round(draw() * 4000);
    const run = {
      ...{ index, board, outcome, reason: reasonOf(outcome, draw), tookMs: took },
      attempt: outcome === 'ABORTED' ? null : board.attempts,
      startedAt: new Date(startedAt).toISOString(),
      finishedAt: new Date(startedAt + took).toISOString(),
      order: Math.floor(index / ORDER_RUNS),
      slot: String(1 + (index % SLOTS)),
      operator: OPERATORS[Math.floor(draw() * OPERATORS.length)],
      voltage: Math.round((3.2 + draw() / 5) * 1000) / 1000,
    };
    board.runs.push(run);
    let next = index + SLOTS + Math.floor(draw() * RETEST_AFTER);
    while (returning.has(next)) next += 1;
    const again = outcome !== 'PASS' && board.attempts < MOST_ATTEMPTS && next < runs && draw() < 0.9;
    if (again) returning.set(next, board);
    run.lastOfBoard = !again;
    yield run;
  }
}
