/** A board that ran under a serial, in the order of the record from its first to its last such run. */
export interface BoardAndSerial {
  readonly board: number;
  readonly serial: string;
  readonly firstSequence: number;
  readonly lastSequence: number;
}
