import { CALL_ENGINEER, CALL_LEAD, WAIT } from './operator-words.ts';
import { rows } from './row.ts';

/** About jobs, orders, recipes, serials and stored images. */
export const WORK_ROWS = rows(
  { status: 409, retryable: false, exit: 'refusedByPolicy', operator: CALL_LEAD },
  {
    'image-unreadable': {
      means: 'A stored image of an earlier version cannot be read.',
      operator: CALL_ENGINEER,
      engineer: 'Upload the file of the image again.',
    },
    'recipe-exists': {
      means: 'A recipe has this name already.',
      engineer: 'Add a revision to that recipe, or choose another name.',
    },
    'recipe-retired': {
      means: 'The revision is retired.',
      engineer: 'Name a revision that is not retired.',
    },
    'recipe-not-released': {
      means: 'This station runs only released revisions.',
      engineer: 'Release the revision, or name a released one.',
    },
    'second-person-needed': {
      means: 'A second person must sign the release.',
      engineer: 'Ask another person to sign.',
    },
    'serial-range-exists': {
      means: 'A serial range has this name already.',
      engineer: 'Choose another name.',
    },
    'serial-used': {
      means: 'A value of the list was issued before.',
      engineer: 'Leave out the values that errors[] names.',
    },
    'serial-busy': {
      means: 'A serial of the job is waiting or running already; errors[] names the units.',
      operator: WAIT,
      engineer: 'Wait until the other job ends, or cancel it.',
    },
    'serial-passed': {
      means: 'A serial of the job has passed in this work. To test it again, send "again" with a reason.',
      operator: 'Scan %BW-AGAIN, then the board, to test it again.',
      engineer: 'Send "again" with a reason, or leave the serial out.',
    },
    'work-order-exists': {
      means: 'A work order has this name already.',
      engineer: 'Choose another name.',
    },
    'work-order-ended': {
      means: 'The work order has all its boards, or was closed.',
      engineer: 'Name another work order.',
    },
    'patch-misfit': {
      status: null,
      run: 'image-does-not-fit',
      means: 'A value cannot be written in the way that its patch says.',
      operator: CALL_ENGINEER,
      engineer: 'Correct the patch of the recipe, or the value.',
    },
    'queue-full': {
      status: 429,
      retryable: true,
      means: 'The queue has no room for more jobs. Try again after Retry-After seconds.',
      operator: WAIT,
      engineer: 'Send the job again after Retry-After seconds.',
    },
  },
);
