const PAUSE_MS = 50;

/**
 * Asks again until an answer satisfies.
 * @throws Error with the last answer, where none did within `mostMs`
 */
export async function until<Value>(
  ask: () => Promise<Value>,
  satisfied: (value: Value) => boolean,
  mostMs = 45_000,
  pauseMs = PAUSE_MS,
): Promise<Value> {
  const end = Date.now() + mostMs;
  for (;;) {
    const value = await ask();
    if (satisfied(value)) return value;
    if (Date.now() > end) throw new Error(`not in ${mostMs} ms; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
