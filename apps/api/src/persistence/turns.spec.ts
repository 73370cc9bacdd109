import { Turns } from './turns.ts';

test('statements that follow each other give the event loop its turn after five milliseconds, and not more often', async () => {
  let now = 100;
  const paused: number[] = [];
  const turns = new Turns(
    () => now,
    () => {
      paused.push(now);
      return Promise.resolve();
    },
  );
  for (let statement = 0; statement < 12; statement += 1) {
    now += 2;
    await turns.next();
  }
  expect(paused).toEqual([102, 108, 114, 120]);
});
