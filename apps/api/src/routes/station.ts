import { ActionBody, EventPlace, PutShifts, ShiftTable, StationStatus } from '@boardwalk/contracts';
import { one } from './answer.ts';
import { resource } from './row.ts';

export const STATION = resource('station', {
  getStation: {
    method: 'GET',
    path: '/api/v1/station',
    summary: 'What the station is, and whether it takes new work.',
    may: 'look',
    answers: one(StationStatus),
  },
  getEventPlace: {
    method: 'GET',
    path: '/api/v1/station/place',
    summary: 'Where the event log stands: what a snapshot taken after this needs to follow from.',
    may: 'look',
    answers: one(EventPlace),
  },
  getShifts: {
    method: 'GET',
    path: '/api/v1/station/shifts',
    summary: 'The shifts of the plant, in its wall clock.',
    may: 'look',
    answers: one(ShiftTable),
  },
  putShifts: {
    method: 'PUT',
    path: '/api/v1/station/shifts',
    summary:
      'All shifts from now on. A shift belongs to the day it starts; runs before now keep their shift.',
    may: 'administer',
    body: PutShifts,
    answers: one(ShiftTable),
  },
  openSerials: {
    method: 'POST',
    path: '/api/v1/station/serials/open',
    summary:
      'Lets ranges give serials again after a restore over a file that could not be read: what was given since the backup is not known.',
    may: 'administer',
    body: ActionBody,
    answers: one(StationStatus),
    refuses: ['wrong-state'],
  },
});
