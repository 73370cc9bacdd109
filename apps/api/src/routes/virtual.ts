import { InsertBoard, LayFault, Slot, VirtualProfile, VirtualSlot } from '@boardwalk/contracts';
import { listed, one } from './answer.ts';
import { resource } from './row.ts';

export const VIRTUAL = resource('virtual bench', {
  listVirtualSlots: {
    method: 'GET',
    path: '/api/v1/virtual/slots',
    summary: 'The boards that are truly in the sockets of a virtual bench.',
    may: 'look',
    answers: listed(VirtualSlot),
    refuses: ['not-virtual'],
  },
  listVirtualProfiles: {
    method: 'GET',
    path: '/api/v1/virtual/profiles',
    summary: 'The profiles that a board spec may begin with.',
    may: 'look',
    answers: listed(VirtualProfile),
  },
  insertVirtualBoard: {
    method: 'POST',
    path: '/api/v1/virtual/slots/:name/insert',
    summary: 'Puts a board into the empty socket of a slot.',
    may: 'use-slots',
    body: InsertBoard,
    answers: one(Slot),
    refuses: ['not-virtual', 'wrong-state'],
  },
  removeVirtualBoard: {
    method: 'POST',
    path: '/api/v1/virtual/slots/:name/remove',
    summary: 'Takes the board out of the socket of a slot.',
    may: 'use-slots',
    answers: one(Slot),
    refuses: ['not-virtual'],
  },
  layVirtualFault: {
    method: 'POST',
    path: '/api/v1/virtual/slots/:name/fault',
    summary: 'Lays a fault on the board or the probe of a slot.',
    may: 'use-slots',
    body: LayFault,
    answers: one(Slot),
    refuses: ['not-virtual', 'wrong-state'],
  },
  clearVirtualSlot: {
    method: 'POST',
    path: '/api/v1/virtual/slots/:name/clear',
    summary:
      'Takes all faults off a slot, plugs its probe in again, and gives it back to the hand of the demo.',
    may: 'use-slots',
    answers: one(Slot),
    refuses: ['not-virtual'],
  },
});
