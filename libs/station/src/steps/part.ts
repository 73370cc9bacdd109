import type { Identity, Part } from '@boardwalk/contracts';
import type { Expectation } from '@boardwalk/identity';
import { StepFailure } from '../run/reasons.ts';

/** What a recipe says about the chip: one device id or several, and a size. */
export interface StatedPart {
  readonly deviceIds?: readonly string[] | undefined;
  readonly flashSizeKib?: number | undefined;
}

export function statedBy(part: Part | undefined): StatedPart {
  const { deviceId, flashSizeKib } = part ?? {};
  return { deviceIds: deviceId === undefined ? undefined : [deviceId], flashSizeKib };
}

/** The part ordered, for the evidence: what the first of these says of it, else the next. */
export function expectationOf(...stated: readonly StatedPart[]): Expectation {
  const deviceIds = stated.find((each) => each.deviceIds !== undefined)?.deviceIds;
  const flashSizeKib = stated.find((each) => each.flashSizeKib !== undefined)?.flashSizeKib;
  return {
    ...(deviceIds && { deviceIds: deviceIds.map((id) => parseInt(id, 16)) }),
    ...(flashSizeKib !== undefined && { flashSizeKib }),
  };
}

/**
 * Refuses a chip of another part than the recipe states. A size that the chip does not tell is no proof of another.
 * @throws StepFailure `wrong-part`
 */
export function refuseWrongPart({ deviceIds, flashSizeKib }: StatedPart, identity: Identity): void {
  if (deviceIds) {
    const deviceId =
      identity.deviceId === null
        ? 'not readable'
        : `0x${(parseInt(identity.deviceId, 16) & 0xfff).toString(16).padStart(3, '0')}`;
    if (!deviceIds.includes(deviceId))
      throw wrongPart(`The device id is ${deviceId}, the recipe expects ${deviceIds.join(' or ')}.`);
  }
  const stated = identity.flashSizeKib;
  if (flashSizeKib === undefined || stated === null || stated === flashSizeKib) return;
  throw wrongPart(`The chip states ${stated} KiB of flash, the recipe expects ${flashSizeKib} KiB.`);
}

function wrongPart(says: string): StepFailure {
  return new StepFailure('wrong-part', says, 'Check which board is in the slot.');
}
