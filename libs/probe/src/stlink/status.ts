import type { ProbeSentence } from '@boardwalk/debug';

export const STATUS_OK = 0x80;
/** The target asked to wait: the whole operation is sent again. */
export const WAIT_STATUSES: ReadonlySet<number> = new Set([0x10, 0x14]);

/**
 * The sentence about each ST-LINK status byte of a failed command (pyOCD, probe-rs and OpenOCD 0.12 agree). OpenOCD
 * accepts 0D as success; this station does not.
 */
const SENTENCES = {
  0x02: 'probe.protocol:spi',
  0x03: 'probe.protocol:dma',
  0x04: 'target.none:chain',
  0x06: 'probe.protocol:inside',
  0x07: 'target.wait:command',
  0x08: 'probe.protocol:refused',
  0x0c: 'target.fault:write',
  0x0d: 'target.line:differs',
  0x1a: 'target.line:overrun',
  0x20: 'probe.unsupported:trace',
  0x40: 'probe.protocol:configuration',
  0x01: 'target.fault:access',
  0x05: 'target.none:unconnected',
  0x09: 'target.none:silent',
  0x0a: 'probe.protocol:unaligned',
  0x0b: 'target.none:domain',
  0x0e: 'probe.busy:mode',
  0x10: 'target.wait',
  0x11: 'target.fault:refused',
  0x12: 'target.fault:access-port',
  0x13: 'target.line:parity',
  0x14: 'target.wait',
  0x15: 'target.fault:debug-port',
  0x16: 'target.line:garbled',
  0x17: 'target.line:port-parity',
  0x18: 'target.line:written',
  0x19: 'target.fault:earlier',
  0x1d: 'probe.protocol:port-closed',
  0x41: 'probe.unsupported:clock',
  0x42: 'probe.unsupported:command',
  0x81: 'target.line',
} as const satisfies Readonly<Record<number, ProbeSentence>>;

/** Total: a byte that nobody documented is named by its number. */
export function sentenceOf(status: number) {
  return (
    (SENTENCES as Readonly<Record<number, (typeof SENTENCES)[keyof typeof SENTENCES]>>)[status] ??
    'probe.protocol:status'
  );
}
