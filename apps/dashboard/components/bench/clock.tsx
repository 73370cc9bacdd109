/** The wall clock of the plant: 24 hours in every language. */
export function Clock({ minute, timeZone }: { minute: Date; timeZone: string | undefined }) {
  const time = new Intl.DateTimeFormat('en-GB', {
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  return (
    <time dateTime={minute.toISOString()} title={timeZone} className="tabular-nums" data-testid="clock">
      {time.format(minute)}
    </time>
  );
}
