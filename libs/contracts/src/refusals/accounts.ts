import { CALL_LEAD, SCAN_BADGE, WAIT } from './operator-words.ts';
import { rows } from './row.ts';

/** About accounts, their badges and their tokens. */
export const ACCOUNT_ROWS = rows(
  { retryable: false, exit: 'refusedByPolicy', operator: CALL_LEAD },
  {
    'no-session': {
      status: 409,
      means: 'The token is not from a login, so there is no session to end.',
      engineer: 'An admin can end it with DELETE /api/v1/accounts/NAME/tokens.',
    },
    'account-exists': {
      status: 409,
      means: 'A name is never used twice, not even that of a revoked account.',
      engineer: 'Choose another name.',
    },
    'account-revoked': {
      status: 409,
      means: 'The account was revoked before.',
      engineer: 'Create another account.',
    },
    'badge-taken': {
      status: 409,
      means: 'The badge belongs to another account.',
      engineer: 'Use another badge, or revoke that account first.',
    },
    'badge-refused': {
      status: 409,
      means: 'Accounts of this role cannot log in with a badge.',
      engineer: 'Give this account a password instead.',
    },
    'last-admin': {
      status: 409,
      means: 'This would lock out the last admin.',
      engineer: 'Give another account the admin role and a password or token first.',
    },
    'too-many-failures': {
      status: 429,
      retryable: true,
      means: 'Too many attempts with a wrong secret. Try again after Retry-After seconds.',
      operator: `${WAIT} ${SCAN_BADGE}`,
      engineer: 'Wait for Retry-After seconds, then log in with the right secret.',
    },
    'records.account_exists': {
      status: 409,
      answeredAs: 'account-exists',
      exit: 'wrongUsage',
      means: 'An account has this name, perhaps a revoked one.',
      engineer: 'Choose another name, or give that account another token.',
    },
    'records.no_account': {
      status: 404,
      answeredAs: 'not-found',
      exit: 'wrongUsage',
      means: 'No account has this name.',
      engineer: 'The list of accounts shows the names.',
    },
    'records.account_revoked': {
      status: 409,
      answeredAs: 'account-revoked',
      exit: 'wrongUsage',
      means: 'The account was revoked before.',
      engineer: 'The list of accounts shows the accounts that are not revoked.',
    },
    'records.last_admin': {
      status: 409,
      answeredAs: 'last-admin',
      exit: 'stationFailed',
      means: 'This would lock out the last admin.',
      engineer:
        'Give another account the admin role and a password or token first. On the host itself, "boardwalk account" can do it without.',
    },
    'records.badge_taken': {
      status: 409,
      answeredAs: 'badge-taken',
      exit: 'wrongUsage',
      means: 'The badge belongs to another account.',
      engineer: 'Use another badge, or revoke that account first.',
    },
    'records.badge_refused': {
      status: 409,
      answeredAs: 'badge-refused',
      means: 'Accounts of this role cannot log in with a badge.',
      engineer: 'Give this account a password instead.',
    },
  },
);
