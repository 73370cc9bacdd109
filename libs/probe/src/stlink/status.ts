import { hex } from '@boardwalk/contracts';
import type { ProbeErrorCode } from '@boardwalk/debug';

export const STATUS_OK = 0x80;
/** The target asked to wait: the whole operation is sent again. */
export const WAIT_STATUSES: ReadonlySet<number> = new Set([0x10, 0x14]);

/** What a status byte says of a failed command. */
export interface StatusMeaning {
  readonly code: ProbeErrorCode;
  readonly says: string;
  readonly remedy: string;
}

const CHECK_WIRING = 'Check SWDIO, SWCLK, GND and power, or connect under reset.';
const SLOWER = 'Lower the SWD clock (--speed) or shorten the cable.';
const TRY_AGAIN = 'Try again, or connect under reset.';
const REPLUG = 'Unplug the probe and plug it in again.';
const NOT_MAPPED = 'Check the address: nothing answers there, or the chip is read-protected.';

/** ST-LINK status bytes (pyOCD, probe-rs and OpenOCD 0.12 agree). OpenOCD takes 0D for success; we do not. */
const MEANINGS: Readonly<Record<number, StatusMeaning>> = {
  0x02: { code: 'probe.protocol', says: 'the probe’s own SPI failed', remedy: REPLUG },
  0x03: { code: 'probe.protocol', says: 'the probe’s own DMA failed', remedy: REPLUG },
  0x04: { code: 'target.none', says: 'the JTAG chain is unknown', remedy: CHECK_WIRING },
  0x06: { code: 'probe.protocol', says: 'the probe failed inside', remedy: REPLUG },
  0x07: { code: 'target.wait', says: 'the command had to wait', remedy: TRY_AGAIN },
  0x08: { code: 'probe.protocol', says: 'the probe refused the command', remedy: REPLUG },
  0x0c: { code: 'target.fault', says: 'the write failed', remedy: NOT_MAPPED },
  0x0d: { code: 'target.line', says: 'what was written reads back different', remedy: SLOWER },
  0x1a: { code: 'target.line', says: 'accesses overran the debug port', remedy: SLOWER },
  0x20: { code: 'probe.unsupported', says: 'the probe has no trace input', remedy: 'Use another probe.' },
  0x40: { code: 'probe.protocol', says: 'the probe’s configuration changed', remedy: 'Connect again.' },
  0x01: { code: 'target.fault', says: 'the access failed', remedy: NOT_MAPPED },
  0x05: { code: 'target.none', says: 'no target is connected', remedy: CHECK_WIRING },
  0x09: { code: 'target.none', says: 'no target answers', remedy: CHECK_WIRING },
  0x0a: {
    code: 'probe.protocol',
    says: 'the access is not aligned',
    remedy: 'This is a defect of the station; report it.',
  },
  0x0b: { code: 'target.none', says: 'the debug domain has no power', remedy: CHECK_WIRING },
  0x0e: { code: 'probe.busy', says: 'the probe is open in another mode', remedy: REPLUG },
  0x10: {
    code: 'target.wait',
    says: 'the target kept the probe waiting',
    remedy: TRY_AGAIN,
  },
  0x11: { code: 'target.fault', says: 'the target refused the access', remedy: NOT_MAPPED },
  0x12: { code: 'target.fault', says: 'the access port reported an error', remedy: NOT_MAPPED },
  0x13: { code: 'target.line', says: 'the data arrived with a parity error', remedy: SLOWER },
  0x14: {
    code: 'target.wait',
    says: 'the target kept the probe waiting',
    remedy: TRY_AGAIN,
  },
  0x15: { code: 'target.fault', says: 'the debug port reported a fault', remedy: CHECK_WIRING },
  0x16: { code: 'target.line', says: 'the debug port answered garbled', remedy: SLOWER },
  0x17: { code: 'target.line', says: 'the debug port answered with a parity error', remedy: SLOWER },
  0x18: { code: 'target.line', says: 'written data arrived wrong', remedy: SLOWER },
  0x19: {
    code: 'target.fault',
    says: 'an earlier access failed',
    remedy: TRY_AGAIN,
  },
  0x1d: { code: 'probe.protocol', says: 'that access port is not open', remedy: 'Connect again.' },
  0x41: {
    code: 'probe.unsupported',
    says: 'the probe has no such SWD clock',
    remedy: 'Choose another --speed.',
  },
  0x42: {
    code: 'probe.unsupported',
    says: 'the probe does not know the command',
    remedy: 'Update its firmware with ST’s tool.',
  },
  0x81: { code: 'target.line', says: 'the SWD line failed', remedy: CHECK_WIRING },
};

/** Total: a byte nobody documented is named by its number. */
export function meaningOf(status: number): StatusMeaning {
  return (
    MEANINGS[status] ?? {
      code: 'probe.protocol',
      says: `the probe answered with status ${hex(status)}`,
      remedy: REPLUG,
    }
  );
}
