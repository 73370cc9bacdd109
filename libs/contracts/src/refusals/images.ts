import { CALL_ENGINEER } from './operator-words.ts';
import { rows } from './row.ts';

/** Files that are not firmware, or not whole. */
export const IMAGE_ROWS = rows(
  {
    status: 400,
    retryable: false,
    exit: 'wrongUsage',
    operator: CALL_ENGINEER,
    engineer: 'Build the firmware again, or copy the file again: it may be damaged.',
  },
  {
    'image.empty': { means: 'The file contains no data for flash.' },
    'image.format': { means: 'The file is not firmware, or breaks the rules of its format.' },
    'image.truncated': { means: 'The file ends too early.' },
    'image.checksum': { means: 'The checksum of a record is wrong.' },
    'image.count': { means: 'The count record does not agree with the number of data records.' },
    'image.overlap': { means: 'Two parts of the file have data for the same address.' },
    'image.address': { means: 'The file has data for an address that is not flash.' },
    'image.too_large': { means: 'The file is larger than any flash that the station knows.' },
    'image.vectors': { means: 'The file has no plausible vector table for its address.' },
    'image.argument': { means: 'What the request says about the file does not fit the file.' },
  },
);
