import { Turns } from './turns.ts';

test('pieces of work that follow each other give the event loop its turn after five milliseconds, and not more often', async () => {
  let now = 100;
  const paused: number[] = [];
  const turns = new Turns(
    () => now,
    () => {
      paused.push(now);
      return Promise.resolve();
    },
  );
  for (let piece = 0; piece < 12; piece += 1) {
    now += 2;
    await turns.next();
  }
  expect(paused).toEqual([106, 112, 118, 124]);
});
