import { FlashError, type FlashErrorCode } from '@boardwalk/flash';
import { ProbeError, type ProbeErrorCode } from '@boardwalk/debug';
import { FillError } from '../patches/filled-image.ts';
import { StepFailure, type Reason } from '../request/reasons.ts';

const OF_PROBE: Readonly<Record<ProbeErrorCode, Reason>> = {
  'probe.access_denied': 'probe-failed',
  'probe.busy': 'probe-failed',
  'probe.disconnected': 'probe-lost',
  'probe.no_answer': 'probe-failed',
  'probe.host_late': 'station-slow',
  'probe.protocol': 'probe-failed',
  'probe.usb': 'probe-failed',
  'probe.unsupported': 'probe-failed',
  'target.none': 'no-target',
  'target.wait': 'target-lost',
  'target.fault': 'target-lost',
  // Parity on the wire speaks of the fixture's cable, not of the board.
  'target.line': 'line-bad',
  'target.not_halted': 'target-lost',
  'target.timeout': 'target-lost',
  cancelled: 'cancelled',
};

const OF_FLASH: Readonly<Record<FlashErrorCode, Reason>> = {
  'flash.unknown_family': 'unknown-part',
  'flash.outside': 'image-does-not-fit',
  'flash.wrong_image': 'image-does-not-fit',
  'flash.read_protected': 'read-protected',
  'flash.write_protected': 'write-protected',
  'flash.erase_failed': 'erase-failed',
  'flash.program_failed': 'program-failed',
  'flash.loader_failed': 'program-failed',
  'flash.reads_unstable': 'reads-unstable',
  'flash.timeout': 'program-failed',
  'flash.options_not_taken': 'program-failed',
  'flash.no_option': 'image-does-not-fit',
  'flash.permanent': 'read-protected',
  'flash.cancelled': 'cancelled',
};

/** Any failure of a step as the run's end: one table a layer, the cause kept. */
export function asStepFailure(cause: unknown): StepFailure {
  if (cause instanceof StepFailure) return cause;
  if (cause instanceof ProbeError)
    return new StepFailure(OF_PROBE[cause.code], cause.message, cause.remedy, cause.code, { cause });
  if (cause instanceof FillError)
    return new StepFailure('image-does-not-fit', cause.message, 'Correct the recipe’s fill.', null, {
      cause,
    });
  if (cause instanceof FlashError)
    return new StepFailure(OF_FLASH[cause.code], cause.message, cause.remedy, cause.code, { cause });
  return new StepFailure(
    'station-failed',
    'The station failed inside this step.',
    'See the station’s log.',
    'station.internal',
    { cause },
  );
}
