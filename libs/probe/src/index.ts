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
export { hexAddress, ProbeError } from './errors.ts';
export type { ProbeErrorCode } from './errors.ts';
export { comparePorts, findProbes } from './stlink/find-probes.ts';
export type { FoundProbe } from './stlink/find-probes.ts';
export { openProbe, Probe } from './stlink/probe.ts';
export type { Firmware } from './stlink/firmware.ts';
export type { SerialState } from './stlink/serial.ts';
export { Target } from './target/target.ts';
export type { AttachOptions, ConnectMode } from './target/attach.ts';
export type { CoreRegister } from './target/registers.ts';
