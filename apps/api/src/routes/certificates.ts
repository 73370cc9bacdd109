import { Certificate, CertificateQuery, StationKey } from '@boardwalk/contracts';
import { one } from './answer.ts';
import { resource } from './row.ts';

export const CERTIFICATES = resource('boards', {
  getCertificate: {
    method: 'GET',
    path: '/api/v1/boards/:id/certificate',
    summary:
      'The record of a board that passed last, signed with the key of the station; for clients that accept text/html one page to print.',
    may: 'look',
    query: CertificateQuery,
    answers: {
      status: 200,
      schema: Certificate,
      media: { 'text/html': { schema: { type: 'string' }, example: '<!doctype html>' } },
    },
    refuses: ['ambiguous', 'wrong-state'],
  },
  getStationKey: {
    method: 'GET',
    path: '/api/v1/station/key',
    summary: 'The public key by which certificates of this station are checked.',
    may: 'look',
    answers: one(StationKey),
  },
});
