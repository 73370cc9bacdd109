export { createVirtualBench } from './bench/virtual-bench.ts';
export type { VirtualBench, VirtualBenchOptions, VirtualSlot } from './bench/virtual-bench.ts';
// The silicon by itself, for the suites that put it against somebody else's.
export { CortexM3 } from './core/cortex-m3.ts';
export { CORE_PROFILES } from './core/profiles.ts';
export { BusFault } from './target/system-bus.ts';
export type { AccessBytes, BusMaster, SystemBus } from './target/system-bus.ts';
export type { FaultKind, FaultSpec } from './bench/fault-spec.ts';
export { VirtualBenchError } from './errors.ts';
export { parseBoardSpec } from './profiles/board-spec.ts';
export type { BoardSpec } from './profiles/board-spec.ts';
export { BOARD_PROFILES } from './profiles/profiles.ts';
export { PROBE_MODELS } from './stlink/models.ts';
export type { Ledger } from './time/ledger.ts';
export type { UrbRequest, UrbResult, UrbStatus, VirtualUsbDevice } from './usb/urb.ts';
export { serveControl } from './usbip/serve-control.ts';
export { serveUsbip } from './usbip/serve-usbip.ts';
export type { ServeOptions, ServeUsbipOptions } from './usbip/serve-usbip.ts';
export type { BenchService } from './usbip/listen.ts';
