import { ACCOUNT_ROWS } from './accounts.ts';
import { COMMAND_ROWS } from './command-line.ts';
import { FLASH_ROWS } from './flash.ts';
import { IMAGE_ROWS } from './images.ts';
import { PROBE_ROWS, TARGET_ROWS, USB_ROWS } from './probes.ts';
import { RECORDS_ROWS } from './records.ts';
import { REQUEST_ROWS } from './requests.ts';
import type { RefusalRow } from './row.ts';
import { RUN_ROWS } from './runs.ts';
import { SLOT_ROWS, VIRTUAL_BENCH_ROWS } from './slots.ts';
import { STORAGE_ROWS } from './storage.ts';
import { WORK_ROWS } from './work.ts';

const ROWS = {
  ...REQUEST_ROWS,
  ...ACCOUNT_ROWS,
  ...WORK_ROWS,
  ...STORAGE_ROWS,
  ...SLOT_ROWS,
  ...PROBE_ROWS,
  ...TARGET_ROWS,
  ...USB_ROWS,
  ...FLASH_ROWS,
  ...IMAGE_ROWS,
  ...RUN_ROWS,
  ...RECORDS_ROWS,
  ...VIRTUAL_BENCH_ROWS,
  ...COMMAND_ROWS,
};
export type RefusalCode = keyof typeof ROWS;

/** Every code that the station, its REST side or the command line refuses something with. */
export const REFUSALS: Readonly<Record<RefusalCode, RefusalRow>> = ROWS;

/** The codes in which REST answers. */
export const REST_CODES = (Object.keys(REFUSALS) as RefusalCode[]).filter((code) => {
  const { status, answeredAs } = REFUSALS[code];
  return status !== null && answeredAs === undefined;
});
