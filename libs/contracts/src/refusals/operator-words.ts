/** What an operator can do: the same few acts everywhere, so that they are learned once. */
export const RED_BOX = '→ red box';
export const QUALITY_BOX = '→ box of quality. Quality decides about this board.';
export const SEAT_AND_SCAN = 'Take the board out, put it in again and scan it again.';
export const ONCE_MORE = 'Scan the board again. The second time: → red box';
export const CALL_ENGINEER = 'Call the engineer.';
export const CALL_LEAD = 'Call the shift lead.';
export const WAIT = 'Wait a moment, then try again.';
export const SCAN_BADGE = 'Scan your badge again.';
