import { Account, ChangeAccount, CreateAccount, CreateToken, GivenToken } from '@boardwalk/contracts';
import { given, listed, made, one } from './answer.ts';
import { STORAGE_CODES } from './refuses.ts';
import { resource } from './row.ts';

const ACCOUNT_BYTES = 4 * 1024;

export const ACCOUNTS = resource('accounts', {
  listAccounts: {
    method: 'GET',
    path: '/api/v1/accounts',
    summary: 'Every account, with how it comes in; those that were revoked too.',
    may: 'manage-accounts',
    answers: listed(Account),
  },
  createAccount: {
    method: 'POST',
    path: '/api/v1/accounts',
    summary: 'Adds an account. Without badge and password it comes in by a token, given on its own.',
    may: 'manage-accounts',
    body: CreateAccount,
    bodyBytes: ACCOUNT_BYTES,
    answers: made(Account, ({ name }) => ['accounts', name]),
    refuses: ['account-exists', 'badge-taken', 'badge-refused', ...STORAGE_CODES],
  },
  getAccount: {
    method: 'GET',
    path: '/api/v1/accounts/:name',
    summary: 'One account.',
    may: 'manage-accounts',
    answers: one(Account),
  },
  changeAccount: {
    method: 'PATCH',
    path: '/api/v1/accounts/:name',
    summary: 'Changes role, badge or password; null takes one away. With badge or password its logins end.',
    may: 'manage-accounts',
    body: ChangeAccount,
    bodyBytes: ACCOUNT_BYTES,
    answers: one(Account),
    refuses: ['account-revoked', 'badge-taken', 'badge-refused', 'last-admin', ...STORAGE_CODES],
  },
  createToken: {
    method: 'POST',
    path: '/api/v1/accounts/:name/tokens',
    summary: 'Gives another bearer token, shown this once; those that the account has still hold.',
    may: 'manage-accounts',
    body: CreateToken,
    bodyBytes: ACCOUNT_BYTES,
    answers: given(GivenToken),
    refuses: ['account-revoked', ...STORAGE_CODES],
  },
  endTokens: {
    method: 'DELETE',
    path: '/api/v1/accounts/:name/tokens',
    summary: 'Ends every token and login of an account; its badge and its password still hold.',
    may: 'manage-accounts',
    answers: one(Account),
    refuses: ['account-revoked', 'last-admin', ...STORAGE_CODES],
  },
  revokeAccount: {
    method: 'POST',
    path: '/api/v1/accounts/:name/revoke',
    summary:
      'Ends an account for good, with its tokens, logins, badge and password; its open pages are closed.',
    may: 'manage-accounts',
    answers: one(Account),
    refuses: ['account-revoked', 'last-admin', ...STORAGE_CODES],
  },
});
