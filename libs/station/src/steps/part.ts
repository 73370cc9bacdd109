import { hex, type Identity, type Part } from '@boardwalk/contracts';
import { stepFailure } from '../request/reasons.ts';

/** What a recipe says about the chip: one device id or several, and a size. */
export interface StatedPart {
  readonly deviceIds?: readonly string[] | undefined;
  readonly flashSizeKib?: number | undefined;
}

export function statedBy(part: Part | undefined): StatedPart {
  const { deviceId, flashSizeKib } = part ?? {};
  return { deviceIds: deviceId === undefined ? undefined : [deviceId], flashSizeKib };
}

/**
 * Refuses a chip of another part than the recipe states. A size that the chip does not tell is no proof of another.
 * @throws StepFailure `wrong-part`
 */
export function refuseWrongPart({ deviceIds, flashSizeKib }: StatedPart, identity: Identity): void {
  if (deviceIds) {
    const deviceId =
      identity.deviceId === null ? 'not readable' : hex(parseInt(identity.deviceId, 16) & 0xfff, 3);
    if (!deviceIds.includes(deviceId))
      throw stepFailure('wrong-part:device-id', { deviceId, expected: deviceIds.join(' or ') });
  }
  const stated = identity.flashSizeKib;
  if (flashSizeKib === undefined || stated === null || stated === flashSizeKib) return;
  throw stepFailure('wrong-part:size', { kib: stated, expected: flashSizeKib });
}
