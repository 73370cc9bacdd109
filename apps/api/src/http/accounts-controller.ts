import { Account, Me, OpenSession, Session } from '@boardwalk/contracts';
import { Body, Controller, Delete, Get, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
  ApiOperation,
} from '@nestjs/swagger';
import type { Request } from 'express';
import { Accounts } from '../accounts/accounts.ts';
import { FailureLimit } from '../accounts/failure-limit.ts';
import { ROLE_MAY } from '../accounts/permissions.ts';
import { bearerOf, unauthorized } from './access-guard.ts';
import { ListRoute } from './list-route.ts';
import { MayAnswer } from './may-answer.ts';
import { conflict } from './problems.ts';

@ApiTags('accounts')
@Controller('api/v1')
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly failures: FailureLimit,
  ) {}

  @ApiOperation({
    summary:
      'A login: a badge scanned at the bench, or a name and a password. Its token ends after one shift.',
  })
  @Post('sessions')
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
          ? 'This badge opens no account; have it added with "boardwalk account add NAME --role operator --badge CODE".'
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
    const { actor, role } = this.accounts.byToken(bearerOf(request.headers.authorization)!)!;
    return { account: actor, role, may: [...ROLE_MAY[role]] };
  }

  @ApiOperation({ summary: "Ends the session of this request's token." })
  @Delete('sessions/current')
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiNoContentResponse()
  @MayAnswer('no-session')
  async closeSession(@Req() request: Request): Promise<void> {
    if (await this.accounts.close(bearerOf(request.headers.authorization)!)) return;
    throw conflict('no-session', 'This token is no login; it ends with "boardwalk account revoke NAME".');
  }

  @ApiOperation({ summary: 'Every account; they are added and revoked with boardwalk account.' })
  @Get('accounts')
  @ApiBearerAuth()
  @ListRoute(Account)
  listAccounts() {
    return { data: this.accounts.list(), nextCursor: null };
  }
}
