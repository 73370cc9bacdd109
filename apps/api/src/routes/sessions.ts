import { Me, OpenSession, Session } from '@boardwalk/contracts';
import { ANY_ROLE, OPEN } from '../accounts/permissions.ts';
import { given, nothing, one } from './answer.ts';
import { resource } from './row.ts';

export const SESSIONS = resource('accounts', {
  openSession: {
    method: 'POST',
    path: '/api/v1/sessions',
    summary:
      'A login: a badge scanned at the bench, or a name and a password. Its token ends after one shift.',
    may: OPEN,
    body: OpenSession,
    // Anyone who reaches the port may send this one.
    bodyBytes: 4 * 1024,
    answers: given(Session),
    refuses: ['too-many-failures'],
  },
  getSession: {
    method: 'GET',
    path: '/api/v1/sessions/current',
    summary: 'Who the token of this request is, and what it may do.',
    may: ANY_ROLE,
    answers: one(Me),
  },
  closeSession: {
    method: 'DELETE',
    path: '/api/v1/sessions/current',
    summary: "Ends the session of this request's token.",
    may: ANY_ROLE,
    answers: nothing,
    refuses: ['no-session'],
  },
});
