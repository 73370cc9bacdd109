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
export { comparePorts } from './usb/port-order.ts';
export { findProbes, usbIdOf } from './stlink/find-probes.ts';
export { ST_LINK_PRODUCTS, ST_VENDOR_ID } from './stlink/products.ts';
export type { FoundProbe } from './stlink/find-probes.ts';
export { openProbe, USUAL_REPEATS } from './stlink/open-probe.ts';
export type { OpenOptions } from './stlink/open-probe.ts';
export { Probe } from './stlink/probe.ts';
export type { Capabilities } from './stlink/capabilities.ts';
export type { Firmware } from './stlink/firmware.ts';
export type { SerialState } from './stlink/serial.ts';
