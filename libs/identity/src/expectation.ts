import type { Part, Recipe } from '@boardwalk/contracts';
import { F103_DEVICES, F103_LINES } from './lines.ts';

interface Ordered {
  readonly part?: Part | undefined;
  readonly steps: Recipe['steps'];
}

interface Expected {
  readonly deviceId?: readonly string[] | undefined;
  readonly flashSizeKib?: number | undefined;
}

/** The part that was ordered, as far as the recipe or the order says. */
export interface Expectation {
  readonly flashSizeKib?: number;
  /** DEV_ID of the part; several where parts of more than one line were ordered. */
  readonly deviceIds?: readonly number[];
  /** The package by its name, such as `LQFP48`. */
  readonly package?: string;
  /** The pins of the package, where its name is not given. */
  readonly pins?: number;
}

/** The part that a recipe orders: its identify step says it more narrowly than the recipe. */
export function expectationOf({ part, steps }: Ordered): Expectation {
  const expected = steps.find(({ step }) => step === 'identify');
  return expectationIn(part, expected?.step === 'identify' ? expected.expect : {});
}

/** The same from a recipe's row in the database; null: the row, or its column, is not there. */
export function storedExpectation(steps: string | null, part: string | null): Expectation {
  return expectationOf({
    steps: steps === null ? [] : (JSON.parse(steps) as Recipe['steps']),
    part: part === null ? undefined : (JSON.parse(part) as Part),
  });
}

/** What an identify step expects; the recipe's part says the rest. */
export function expectationIn(part: Part | undefined, expected: Expected): Expectation {
  const deviceIds = expected.deviceId ?? (part?.deviceId === undefined ? undefined : [part.deviceId]);
  const flashSizeKib = expected.flashSizeKib ?? part?.flashSizeKib;
  return {
    ...(deviceIds && { deviceIds: deviceIds.map((id) => parseInt(id, 16)) }),
    ...(flashSizeKib !== undefined && { flashSizeKib }),
    ...(part?.package !== undefined && { package: part.package }),
  };
}

/** Whether the part ordered is known to be an F103. */
export function isF103Ordered({ deviceIds = [] }: Expectation): boolean {
  return deviceIds.length > 0 && deviceIds.every((id) => F103_DEVICES.includes(id));
}

/** DEV_IDs that the part ordered can have; null: the order does not say. */
export function orderedDevices({ deviceIds, flashSizeKib }: Expectation): readonly number[] | null {
  if (deviceIds != null && deviceIds.length > 0) return deviceIds;
  if (flashSizeKib == null) return null;
  const lines = F103_LINES.filter(({ flashSizesKib }) => flashSizesKib.includes(flashSizeKib));
  return lines.length > 0 ? lines.map(({ deviceId }) => deviceId) : null;
}

/** The pins of the package ordered; null: the order does not say. */
export function orderedPins({ package: name, pins }: Expectation): number | null {
  return pins ?? (name == null ? null : Number(/\d+$/.exec(name.trim())?.[0] ?? NaN) || null);
}
