/** One step of time is a quarter longer than the one before. */
const STEP = Math.log(1.25);

/** The step that a time is in; null: none was measured. */
export function bucketOf(time: number | null): string | null {
  return time === null || !(time > 0) ? null : String(Math.round(Math.log(time) / STEP));
}

/** A step as a person reads it. */
export function inBucketWords(bucket: string, unit: string): string {
  return `about ${Number(Math.exp(Number(bucket) * STEP).toPrecision(2))} ${unit}`;
}
