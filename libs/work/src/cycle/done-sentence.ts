/** A time as an operator reads it on the bench: `14:02 UTC`, with the date where it was another day. */
export function shortTime(at: string, now: string, timeZone = 'UTC'): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  });
  // Sweden writes dates as ISO 8601 does.
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const of = (text: string): [string, string] => [day.format(new Date(text)), time.format(new Date(text))];
  const [[date, clock], [today]] = [of(at), of(now)];
  return date === today ? clock : `${date} ${clock}`;
}

/** Says that the board of a serial has passed in an order or at a recipe revision; in UTC, as other sentences do. */
export function doneSentence(
  serial: string,
  work: string,
  at: string,
  now: string,
  timeZone?: string,
): string {
  return `${serial}: DONE ${shortTime(at, now, timeZone)} in ${work}. To test it again, scan %BW-AGAIN.`;
}
