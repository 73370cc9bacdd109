import { CALL_ENGINEER, CALL_LEAD, SCAN_BADGE, WAIT } from './operator-words.ts';
import { rows } from './row.ts';

/** About a request itself: its form, its caller, its place. */
export const REQUEST_ROWS = rows(
  { retryable: false, exit: 'refusedByPolicy', operator: CALL_ENGINEER },
  {
    invalid: {
      status: 400,
      exit: 'wrongUsage',
      means: 'A field is not valid; errors[] says which and why.',
      engineer: 'Correct the fields that errors[] names.',
    },
    'idempotency-key-invalid': {
      status: 400,
      means: 'The Idempotency-Key is not one printable value.',
      engineer: 'Send one printable value, such as a UUID.',
    },
    'idempotency-key-required': {
      status: 400,
      means: 'This station accepts jobs only with an Idempotency-Key.',
      engineer: 'Send a new Idempotency-Key with each job.',
    },
    unauthorized: {
      status: 401,
      means: 'The bearer token is missing or not valid.',
      operator: SCAN_BADGE,
      engineer: 'Log in again, or ask an admin for a token.',
    },
    forbidden: {
      status: 403,
      means: 'The role of this account is not allowed to do that.',
      operator: CALL_LEAD,
      engineer: 'Log in with an account whose role may do this.',
    },
    'not-your-name': {
      status: 403,
      means: 'An account can sign only with its own name.',
      operator: CALL_LEAD,
      engineer: 'Sign with the name of your account.',
    },
    'not-found': {
      status: 404,
      means: 'Nothing has this name.',
      engineer: 'Check the name in the list that it is from.',
    },
    'method-not-allowed': {
      status: 405,
      means: 'The path exists, but not with this method; Allow lists the methods.',
      engineer: 'Use one of the methods that Allow lists.',
    },
    'idempotency-in-progress': {
      status: 409,
      retryable: true,
      means: 'The first request with this key is still being stored. Try again after Retry-After seconds.',
      operator: WAIT,
      engineer: 'Send the same request again after Retry-After seconds.',
    },
    ambiguous: {
      status: 409,
      means: 'Several things have this name; errors[] lists them.',
      engineer: 'Name one of those that errors[] lists.',
    },
    'wrong-state': {
      status: 409,
      means: 'The current state does not allow this.',
      engineer: 'Read it again; its state says what is possible.',
    },
    'generation-changed': {
      status: 410,
      means:
        'This place in the log is from another generation of the record. Start again from the beginning.',
      engineer: 'Read the log from its beginning, without a place.',
    },
    'changed-meanwhile': {
      status: 412,
      means: 'If-Match does not name the current version.',
      engineer: 'Read it again, then decide.',
    },
    'too-large': {
      status: 413,
      means: 'The body is larger than the station accepts.',
      engineer: 'Send less in one request.',
    },
    'wrong-type': {
      status: 415,
      means: 'The station does not accept this type, charset or coding of the body.',
      engineer: 'Send JSON in UTF-8, without compression.',
    },
    'idempotency-key-reused': {
      status: 422,
      means: 'The key was used for another request.',
      engineer: 'Send a new Idempotency-Key.',
    },
    'too-many': {
      status: null,
      retryable: true,
      means: 'Too many pages, or too many subscriptions, come from one place on /live.',
      operator: WAIT,
      engineer: 'Close a page, or subscribe again later.',
    },
    'too-far-back': {
      status: null,
      means: 'The place in the log is too far back for /live to send what is missing.',
      engineer: 'Read the events with GET /api/v1/events first, then subscribe after the last of them.',
    },
    refused: {
      status: 400,
      means: 'The request cannot be answered for another reason; the 4xx status and the detail say which.',
      engineer: 'Correct the request as the detail says.',
    },
    internal: {
      status: 500,
      retryable: true,
      exit: 'stationFailed',
      means: 'The station failed. Its log has the cause.',
      engineer: 'Read the log of the station and report the defect.',
    },
  },
);
