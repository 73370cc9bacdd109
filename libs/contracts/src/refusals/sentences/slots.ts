/** `code` or `code:case` → the sentence, and the next step where the table has none so good. */
export const SLOT_SENTENCES = {
  'station.slot_busy': ['Slot {slot} is busy with {purpose}.'],
  'station.slot_disabled': ['Slot {slot} is disabled.'],
  'station.no_probe': ['Slot {slot} has no probe.'],
  'slot-has-no-board': ['Slot {slot} has no board.'],
  'slot-has-no-board:no-uid': [
    'The chip in slot {slot} shows no unique id that tells it from others.',
    'Run it once under a serial, then mark it by that serial.',
  ],
  'station.lease_lost': ['Run {run} no longer has slot {slot}.'],
  'station.bench_held': [
    'The bench is held by {what} (pid {pid}, {url}).',
    'Work through the station at {url}, or end it with Ctrl-C first.',
  ],
  'station.bench_held:command': [
    'The bench is held by {what} (pid {pid}).',
    'Wait until that command has ended.',
  ],
} as const;
