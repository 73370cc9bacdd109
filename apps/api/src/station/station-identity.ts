/** What this station is called in every record. */
export interface StationIdentity {
  readonly station: string;
  readonly version: string;
  readonly bench: 'usb' | 'virtual';
}
