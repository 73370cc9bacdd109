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
