import { Board, MarkReference, Slot, SlotIdentification, SlotOpening } from '@boardwalk/contracts';
import { listed, one } from './answer.ts';
import { BENCH_CODES } from './refuses.ts';
import { resource } from './row.ts';

export const SLOTS = resource('slots', {
  listSlots: {
    method: 'GET',
    path: '/api/v1/slots',
    summary: 'Every slot of the bench with its probe, its board and its run.',
    may: 'look',
    answers: listed(Slot),
  },
  getSlot: {
    method: 'GET',
    path: '/api/v1/slots/:name',
    summary: 'One slot.',
    may: 'look',
    answers: one(Slot),
  },
  identifySlot: {
    method: 'POST',
    path: '/api/v1/slots/:name/identify',
    summary: 'Reads the registers of the board in the slot, changes nothing, and says what they show.',
    may: 'use-slots',
    answers: one(SlotIdentification),
    refuses: BENCH_CODES,
  },
  recoverSlot: {
    method: 'POST',
    path: '/api/v1/slots/:name/recover',
    summary: 'Takes up a probe that was set aside.',
    may: 'use-slots',
    answers: one(Slot),
    refuses: BENCH_CODES,
  },
  listOpenings: {
    method: 'GET',
    path: '/api/v1/station/openings',
    summary:
      'Of the work that waits and asks for it: which slots golden and known-bad boards have opened for this shift.',
    may: 'look',
    answers: listed(SlotOpening),
  },
  markBoardInSlot: {
    method: 'POST',
    path: '/api/v1/slots/:name/reference',
    summary: 'Marks the board in the slot as golden or known bad, also one that has not been run yet.',
    may: 'decide',
    body: MarkReference,
    answers: one(Board),
    refuses: ['slot-has-no-board', 'ambiguous', 'wrong-state'],
  },
  enableSlot: {
    method: 'POST',
    path: '/api/v1/slots/:name/enable',
    summary: 'Gives the slot to the queue again.',
    may: 'set-slots',
    answers: one(Slot),
  },
  disableSlot: {
    method: 'POST',
    path: '/api/v1/slots/:name/disable',
    summary: 'No run starts in the slot until it is enabled.',
    may: 'set-slots',
    answers: one(Slot),
  },
});
