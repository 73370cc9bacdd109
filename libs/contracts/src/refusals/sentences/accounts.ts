/** Tokens, logins and roles, for a request. */
export const ACCOUNT_SENTENCES = {
  unauthorized: ['The token is not valid: it is unknown, expired or revoked.', 'Log in again.'],
  'unauthorized:no-token': [
    'The request has no token.',
    'Send a token as "Authorization: Bearer …". Log in with POST /api/v1/sessions, or ask an admin for a token.',
  ],
  'unauthorized:live': [
    'The token is missing or not valid.',
    'Log in again and send the new token as auth.token.',
  ],
  'unauthorized:badge': ['This badge opens no account.', 'An admin can add it to one.'],
  'unauthorized:password': [
    'This name and password do not belong together.',
    'Check both, then log in again.',
  ],
  forbidden: [
    '{actor} has the role {role}, which may not do this.',
    'Log in with an account that is {roles}.',
  ],
  'forbidden:start-token': [
    'The start token is for setting up and may not do this.',
    'Log in with an account that is {roles}.',
  ],
  'forbidden:signs': [
    'The start token is only for setting up and cannot sign.',
    'Log in with an account and sign with its name.',
  ],
  'forbidden:quality-hold': [
    '{holder} held this for quality, and {actor} has the role {role}.',
    'An account that is quality or admin must release it.',
  ],
  'not-your-name': ['You are {actor} and cannot sign as {by}.', null],
  'no-session': ['This token is no login.', 'An admin can end it with DELETE /api/v1/accounts/NAME/tokens.'],
  'too-many-failures': ['Too many {what}.', 'Wait {seconds} s.'],
} as const;
