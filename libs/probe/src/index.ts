export type {
  UsbBus,
  UsbClock,
  UsbControlSetup,
  UsbDevice,
  UsbEndpointDescription,
  UsbErrorCode,
  UsbInterfaceDescription,
  UsbPortError,
} from './usb/port.ts';
export { openUsbHost } from './usb/usb-host.ts';
export { hexAddress, mayPass, ProbeError } from './errors.ts';
export type { ProbeErrorCode } from './errors.ts';
export { comparePorts } from './usb/port-order.ts';
export { findProbes } from './stlink/find-probes.ts';
export { ST_LINK_PRODUCTS, ST_VENDOR_ID } from './stlink/products.ts';
export type { FoundProbe } from './stlink/find-probes.ts';
export { openProbe, USUAL_REPEATS } from './stlink/open-probe.ts';
export type { OpenOptions } from './stlink/open-probe.ts';
export { Probe } from './stlink/probe.ts';
export type { BlockLimits, Capabilities } from './stlink/capabilities.ts';
export type { Firmware } from './stlink/firmware.ts';
export type { SerialState } from './stlink/serial.ts';
export { Target } from './target/target.ts';
export type { CoreState } from './target/target.ts';
export type { AttachOptions, ConnectMode } from './target/attach.ts';
export type { CoreRegister } from './target/registers.ts';
export { settleSpeed } from './target/line-check.ts';
export type { LineCheck } from './target/line-check.ts';
