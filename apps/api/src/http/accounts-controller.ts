import {
  Account,
  ChangeAccount,
  CreateAccount,
  CreateToken,
  GivenToken,
  Me,
  OpenSession,
  Session,
} from '@boardwalk/contracts';
import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
  ApiOperation,
} from '@nestjs/swagger';
import type { Request } from 'express';
import { AccountDesk } from '../accounts/account-desk.ts';
import { Accounts } from '../accounts/accounts.ts';
import { bearerOf } from '../accounts/bearer.ts';
import { FailureLimit } from '../accounts/failure-limit.ts';
import { unauthorized } from './front-door.ts';
import { Created } from './created.ts';
import { ListRoute } from './list-route.ts';
import { MayAnswer, STORAGE_CODES } from './may-answer.ts';
import { refused, notFound } from '../problems/problems.ts';

@ApiTags('accounts')
@Controller('api/v1')
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly desk: AccountDesk,
    private readonly failures: FailureLimit,
  ) {}

  @ApiOperation({
    summary:
      'A login: a badge scanned at the bench, or a name and a password. Its token ends after one shift.',
  })
  @Post('sessions')
  @Header('Cache-Control', 'no-store')
  @ApiCreatedResponse({ standardSchema: Session })
  @MayAnswer('too-many-failures')
  async openSession(
    @Body({ schema: OpenSession }) login: OpenSession,
    @Req() request: Request,
  ): Promise<Session> {
    await this.failures.attempt(request.ip);
    const session = await this.accounts.open(login);
    if (!session)
      throw unauthorized(
        'badge' in login
          ? 'This badge opens no account; an admin can add it to one.'
          : 'This name and password do not belong together.',
      );
    await this.failures.forgive(request.ip);
    return session;
  }

  @ApiOperation({ summary: 'Who the token of this request is, and what it may do.' })
  @Get('sessions/current')
  @ApiBearerAuth()
  @ApiOkResponse({ standardSchema: Me })
  getSession(@Req() request: Request): Me {
    const { actor, role, may } = this.accounts.byToken(bearerOf(request.headers.authorization)!)!;
    return { account: actor, role, may: [...may] };
  }

  @ApiOperation({ summary: "Ends the session of this request's token." })
  @Delete('sessions/current')
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiNoContentResponse()
  @MayAnswer('no-session')
  async closeSession(@Req() request: Request): Promise<void> {
    if (await this.accounts.close(bearerOf(request.headers.authorization)!)) return;
    throw refused(
      'no-session',
      'This token is no login; an admin can end it with DELETE /api/v1/accounts/NAME/tokens.',
    );
  }

  @ApiOperation({ summary: 'Every account, with how it comes in; those that were revoked too.' })
  @Get('accounts')
  @ApiBearerAuth()
  @ListRoute(Account)
  listAccounts() {
    return { data: this.accounts.list(), nextCursor: null };
  }

  @ApiOperation({
    summary: 'Adds an account. Without badge and password it comes in by a token, given on its own.',
  })
  @Post('accounts')
  @ApiBearerAuth()
  @Created(Account, ({ name }) => ['accounts', name])
  @MayAnswer('account-exists', 'badge-taken', 'badge-refused', ...STORAGE_CODES)
  createAccount(@Body({ schema: CreateAccount }) body: CreateAccount): Promise<Account> {
    return this.desk.add(body);
  }

  @ApiOperation({ summary: 'One account.' })
  @Get('accounts/:name')
  @ApiBearerAuth()
  @ApiOkResponse({ standardSchema: Account })
  getAccount(@Param('name') name: string): Account {
    const account = this.accounts.get(name);
    if (!account) throw notFound(`account "${name}"`);
    return account;
  }

  @ApiOperation({
    summary: 'Changes role, badge or password; null takes one away. With badge or password its logins end.',
  })
  @Patch('accounts/:name')
  @ApiBearerAuth()
  @ApiOkResponse({ standardSchema: Account })
  @MayAnswer('account-revoked', 'badge-taken', 'badge-refused', 'last-admin', ...STORAGE_CODES)
  changeAccount(
    @Param('name') name: string,
    @Body({ schema: ChangeAccount }) body: ChangeAccount,
  ): Promise<Account> {
    return this.desk.change(name, body);
  }

  @ApiOperation({
    summary: 'Gives another bearer token, shown this once; those that the account has still hold.',
  })
  @Post('accounts/:name/tokens')
  @ApiBearerAuth()
  @Header('Cache-Control', 'no-store')
  @ApiCreatedResponse({ standardSchema: GivenToken })
  @MayAnswer('account-revoked', ...STORAGE_CODES)
  createToken(
    @Param('name') name: string,
    @Body({ schema: CreateToken }) body: CreateToken,
  ): Promise<GivenToken> {
    return this.desk.giveToken(name, body);
  }

  @ApiOperation({
    summary: 'Ends every token and login of an account; its badge and its password still hold.',
  })
  @Delete('accounts/:name/tokens')
  @HttpCode(200)
  @ApiBearerAuth()
  @ApiOkResponse({ standardSchema: Account })
  @MayAnswer('account-revoked', 'last-admin', ...STORAGE_CODES)
  endTokens(@Param('name') name: string): Promise<Account> {
    return this.desk.endTokens(name);
  }

  @ApiOperation({
    summary:
      'Ends an account for good, with its tokens, logins, badge and password; its open pages are closed.',
  })
  @Post('accounts/:name/revoke')
  @HttpCode(200)
  @ApiBearerAuth()
  @ApiOkResponse({ standardSchema: Account })
  @MayAnswer('account-revoked', 'last-admin', ...STORAGE_CODES)
  revokeAccount(@Param('name') name: string): Promise<Account> {
    return this.desk.revoke(name);
  }
}
