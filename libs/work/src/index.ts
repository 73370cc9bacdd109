export { isPlausibleUid } from './boards.ts';
export { COMMAND_PREFIX, slotCode } from './scan/commands.ts';
export type { ScanCommand } from './scan/commands.ts';
export { readCode } from './scan/read-code.ts';
export type { ReadCode } from './scan/read-code.ts';
export { formatSerial, largestOf } from './serials/serial-format.ts';
