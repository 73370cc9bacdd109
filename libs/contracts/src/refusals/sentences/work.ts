/** Jobs and what they name. */
const JOB_SENTENCES = {
  'invalid:slot': ['{why} Name another slot.', null],
  'invalid:transport': ['{why} Change the recipe, or use a fixture that is wired for it.', null],
  'invalid:order-image': ['Work order "{order}" is made with another image.', 'Leave the image out.'],
  'invalid:order-recipe': [
    'Work order "{order}" is made with recipe "{recipe}" revision {revision}.',
    'Leave the recipe out, or post the job without the order.',
  ],
  'invalid:no-order': ['There is no work order "{order}".', 'Check the name.'],
  'invalid:no-recipe': ['There is no {recipe}.', 'Check the name and the revision.'],
  'invalid:no-image': ['There is no image {image}.', 'Upload it first.'],
  'invalid:no-units': [
    'The recipe writes values of each board, and the job has only a count.',
    'Send units with these values.',
  ],
  'wrong-state:job': ['The job is {state}; {action} takes a job that is {from}.'],
  'recipe-retired:job': [
    'Recipe "{recipe}" revision {revision} is retired.',
    'Cancel this job and post one with another revision.',
  ],
  'not-stored': ['The station could not store the job; nothing was accepted.'],
  'queue-full': ['{limit} jobs are waiting already.', 'Send this one again when some have ended.'],
  'invalid:units': ['{why} Nothing of the job was stored.', null],
  'serial-busy': ['{why} Nothing of the job was stored.', null],
  'serial-passed': ['{why} Nothing of the job was stored.', null],
  'work-order-ended:units': ['{why} Nothing of the job was stored.', null],
} as const;

/** Recipes, their signatures and their images. */
const RECIPE_SENTENCES = {
  'recipe-exists': ['There is a recipe "{recipe}" already; add a revision to it.', null],
  'recipe-retired': ['The recipe "{recipe}" revision {revision} is retired; name another revision.', null],
  'recipe-not-released': ['The recipe "{recipe}" revision {revision} is not released.', 'Sign it first.'],
  'recipe-not-released:image': ['This station runs released recipes only.', 'Name one instead of an image.'],
  'wrong-state:revision': ['The revision is {state}; it cannot be {to}.'],
  'second-person-needed': ['{by} has signed already; another person must sign too.', null],
  'second-person-needed:author': [
    '{signer} wrote revision {revision} of recipe "{recipe}".',
    'Two other persons must sign it.',
  ],
  'second-person-needed:same-hand': [
    '{same} has signed already, and one of the accounts {same} and {signer} was made or let in by the other.',
    'An account that another admin made must sign.',
  ],
  'invalid:patch': ['The patch at {why}', null],
  'invalid:fill': ['{why}', null],
  'invalid:misfit': ['{why}', '{remedy}'],
  'image-does-not-fit': ['{why}', '{remedy}'],
  'image-unreadable': ['Image {image} of an earlier version cannot be programmed. {why}', null],
  'image-unreadable:changed': ['The stored file {file} was changed.', 'Upload it again.'],
  'image-unreadable:missing': ['The stored file {file} is missing.', 'Upload it again.'],
  'image-unreadable:otherwise': [
    'The file of image {image} is read in another way than when it was stored.',
    'Upload it again.',
  ],
  'ambiguous:image': ['{count} images came in the file {file}: {images}.', 'Name one by its id.'],
} as const;

/** Work orders and serial ranges. */
const ORDER_SENTENCES = {
  'work-order-exists': ['There is a work order "{order}" already.'],
  'work-order-ended': ['Work order "{order}" is {state}; it takes no more jobs.'],
  'wrong-state:order': ['The work order is {state}; only one that is {from} can be {to}.'],
  'invalid:order-range': ['There is no serial range "{range}".', 'Make it first.'],
  'invalid:patch-range': ['There is no serial range "{range}".', 'Make it first.'],
  'invalid:range-value': ['A value of the range does not fit: {why}.', 'Change the patch or the range.'],
  'invalid:last': ['The width holds numbers up to {largest}.', 'Use more digits, or end the range earlier.'],
  'invalid:first': ['The first number is after the last.', 'Swap them.'],
  'invalid:shift-overlaps': ['The shifts {one} and {other} overlap.', 'Let one end before the other starts.'],
  'invalid:shift-undated': ['The shift {shift} has no date.', 'Give from and to, at most {days} days apart.'],
  'invalid:value-twice': ['"{value}" is in the list twice.', 'Leave one of them out.'],
  'serial-range-exists': ['There is a serial range "{name}" already.'],
  'serial-used': ['"{value}" was given out by "{range}" already.', null],
} as const;

/** Boards, decisions about them, and sockets of the virtual bench. */
const BOARD_SENTENCES = {
  'ambiguous:board': ['{count} boards fit "{id}": {boards}.', 'Name one by its number, with ?by=number.'],
  'wrong-state:at-work': [
    'Board {board} is at work in slot {slot} ({run}).',
    'Wait until that run ends, then send this again.',
  ],
  'wrong-state:certificate-at-work': [
    'Board {board} is at work in {run}, so what is in its flash is not known yet.',
    'Wait until that run ends, then ask for the certificate again.',
  ],
  'wrong-state:certificate-no-run': [
    'Board {board} has no run that ended, so there is nothing to certify.',
    'Flash it, then ask for the certificate again.',
  ],
  'wrong-state:certificate-not-passed': [
    'The latest run of board {board} is {run}, and it ended with {outcome}: what is in its flash is not certain.',
    'Flash it until it passes, then ask for the certificate again.',
  ],
  'wrong-state:certificate-state': [
    'Board {board} is {state}.',
    'Decide about it first: POST /api/v1/boards/{board}/decision.',
  ],
  'wrong-state:certificate-no-proof': [
    'The record does not say how {run} of board {board} was verified: an earlier version wrote it.',
    'Flash the board again, then ask for the certificate again.',
  ],
  'wrong-state:decision': ['{why}', null],
  'wrong-state:no-uid': ['Board {board} has no unique id, so none is a duplicate.', null],
  'wrong-state:none-replaced': [
    'No other board has serial {serial}, so none was replaced. Decide "same-board" instead.',
    null,
  ],
  'wrong-state:has-board': [
    'Slot {slot} already has a board.',
    'Remove it first: POST /api/v1/virtual/slots/{slot}/remove.',
  ],
  'wrong-state:no-board': ['Slot {slot} has no board that "{fault}" could affect.', 'Insert one first.'],
  'invalid:board-option': ['Board spec "{spec}": option "{option}" {why}', null],
  'invalid:virtual': ['{why}', '{remedy}'],
  'not-virtual': [
    'This is a USB bench: people change its boards.',
    'Start the station with BOARDWALK_BENCH=virtual for a virtual one.',
  ],
} as const;

/** `code` or `code:case` → the sentence, and the next step where the table has none so good. */
export const WORK_SENTENCES = {
  ...JOB_SENTENCES,
  ...RECIPE_SENTENCES,
  ...ORDER_SENTENCES,
  ...BOARD_SENTENCES,
} as const;
