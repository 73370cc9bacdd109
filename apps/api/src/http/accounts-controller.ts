import type { Account, GivenToken, Me, Session } from '@boardwalk/contracts';
import { Controller, Header, Req } from '@nestjs/common';
import type { Request } from 'express';
import { AccountDesk } from '../accounts/account-desk.ts';
import { Accounts } from '../accounts/accounts.ts';
import { bearerOf } from '../accounts/bearer.ts';
import { FailureLimit } from '../accounts/failure-limit.ts';
import { refused } from '../problems/problems.ts';
import { ACCOUNTS } from '../routes/accounts.ts';
import type { TakenBy } from '../routes/row.ts';
import { SESSIONS } from '../routes/sessions.ts';
import { unauthorized } from './front-door.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

@Controller()
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly desk: AccountDesk,
    private readonly failures: FailureLimit,
  ) {}

  @Route(SESSIONS.openSession)
  @Header('Cache-Control', 'no-store')
  async openSession(
    @Taken() { body: login }: TakenBy<typeof SESSIONS.openSession>,
    @Req() request: Request,
  ): Promise<Session> {
    await this.failures.attempt(request.ip);
    const session = await this.accounts.open(login);
    if (!session) throw unauthorized('badge' in login ? 'unauthorized:badge' : 'unauthorized:password');
    await this.failures.forgive(request.ip);
    return session;
  }

  @Route(SESSIONS.getSession)
  getSession(@Req() request: Request): Me {
    const { actor, role, may } = this.accounts.byToken(bearerOf(request.headers.authorization)!)!;
    return { account: actor, role, may: [...may] };
  }

  @Route(SESSIONS.closeSession)
  async closeSession(@Req() request: Request): Promise<void> {
    if (await this.accounts.close(bearerOf(request.headers.authorization)!)) return;
    throw refused('no-session', {});
  }

  @Route(ACCOUNTS.listAccounts)
  listAccounts() {
    return { data: this.accounts.list(), nextCursor: null };
  }

  @Route(ACCOUNTS.createAccount)
  createAccount(@Taken() { body }: TakenBy<typeof ACCOUNTS.createAccount>): Promise<Account> {
    return this.desk.add(body);
  }

  @Route(ACCOUNTS.getAccount)
  getAccount(@Taken() { params: { name } }: TakenBy<typeof ACCOUNTS.getAccount>): Account {
    const account = this.accounts.get(name);
    if (!account) throw refused('not-found:account', { name });
    return account;
  }

  @Route(ACCOUNTS.changeAccount)
  changeAccount(@Taken() { params, body }: TakenBy<typeof ACCOUNTS.changeAccount>): Promise<Account> {
    return this.desk.change(params.name, body);
  }

  @Route(ACCOUNTS.createToken)
  @Header('Cache-Control', 'no-store')
  createToken(@Taken() { params, body }: TakenBy<typeof ACCOUNTS.createToken>): Promise<GivenToken> {
    return this.desk.giveToken(params.name, body);
  }

  @Route(ACCOUNTS.endTokens)
  endTokens(@Taken() { params }: TakenBy<typeof ACCOUNTS.endTokens>): Promise<Account> {
    return this.desk.endTokens(params.name);
  }

  @Route(ACCOUNTS.revokeAccount)
  revokeAccount(@Taken() { params }: TakenBy<typeof ACCOUNTS.revokeAccount>): Promise<Account> {
    return this.desk.revoke(params.name);
  }
}
