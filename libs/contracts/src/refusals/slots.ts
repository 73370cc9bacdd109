import { CALL_ENGINEER, WAIT } from './operator-words.ts';
import { rows } from './row.ts';

/** About a slot or the bench as a whole. */
export const SLOT_ROWS = rows(
  { status: 409, retryable: true, exit: 'stationFailed', operator: CALL_ENGINEER },
  {
    'station.slot_busy': {
      means: 'The slot is busy.',
      operator: WAIT,
      engineer: 'Wait until it is done.',
    },
    'station.slot_disabled': {
      means: 'The slot is disabled.',
      operator: 'Use another slot.',
      engineer: 'Enable the slot first.',
    },
    'station.no_probe': {
      means: 'The slot has no probe.',
      operator: 'Use another slot.',
      engineer: 'Plug a probe into the USB port of this slot.',
    },
    'slot-has-no-board': {
      exit: 'refusedByPolicy',
      means: 'The slot has no board, or its chip shows nothing that tells it from others.',
      operator: 'Put the board into the slot.',
      engineer: 'Put the board into the slot, and wait until the slot shows it.',
    },
    'station.lease_lost': {
      status: null,
      means: 'The run no longer has its slot.',
      engineer: 'Another process is using this bench. Stop it, or start with another BOARDWALK_DATA.',
    },
    'station.bench_held': {
      status: null,
      means: 'Another process is using this bench.',
      engineer: 'Wait until it ends, or stop it.',
    },
    'station.internal': {
      status: null,
      run: 'station-failed',
      means: 'The station failed inside a step.',
      engineer: 'Read the log of the station and report the defect.',
    },
    'not-virtual': {
      retryable: false,
      exit: 'refusedByPolicy',
      means: 'This is a USB bench: people change its boards, no request does.',
      engineer: 'Start the station with BOARDWALK_BENCH=virtual for a virtual bench.',
    },
  },
);

/** About the virtual bench: its boards, its sockets, its ports. */
export const VIRTUAL_BENCH_ROWS = rows(
  { status: null, retryable: false, exit: 'wrongUsage', operator: CALL_ENGINEER },
  {
    'bench.spec': {
      means: 'The board spec is not valid.',
      engineer: 'Correct the board spec. docs/VIRTUAL-BENCH.md lists the profiles and options.',
    },
    'bench.slot': {
      means: 'The virtual slot cannot do this.',
      engineer: 'Check which board is in the slot.',
    },
    'bench.storage': {
      exit: 'stationFailed',
      means: 'The virtual boards cannot be stored.',
      engineer: 'Make that folder writable, or set BOARDWALK_DATA to another.',
    },
    'bench.listen': {
      exit: 'stationFailed',
      means: 'The port cannot be opened.',
      engineer: 'Choose another port, or stop the program that uses it.',
    },
    'bench.control': {
      means: 'The request to the virtual bench is not valid.',
      engineer: 'Correct the request as the message says.',
    },
    'bench.no-request': { means: 'There is no such request.', engineer: 'The message lists the requests.' },
    'bench.internal': {
      exit: 'stationFailed',
      means: 'The virtual bench failed.',
      engineer: 'Report the defect.',
    },
  },
);
