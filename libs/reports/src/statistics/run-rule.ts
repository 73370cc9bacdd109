/** The length of a run on one side that the Western Electric rules call an alarm. */
export const RUN_OF = 8;

/**
 * For each value, whether at least eight in a row up to it are on the same side of the centre. A value on the centre
 * ends the run; a run that goes on keeps its alarm.
 */
export function runsOnOneSide(values: readonly number[], centre: number): boolean[] {
  let [side, length] = [0, 0];
  return values.map((value) => {
    const now = Math.sign(value - centre);
    length = now !== 0 && now === side ? length + 1 : Number(now !== 0);
    side = now;
    return length >= RUN_OF;
  });
}
