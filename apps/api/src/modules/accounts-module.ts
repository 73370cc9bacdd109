import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { AccountDesk } from '../accounts/account-desk.ts';
import { Accounts } from '../accounts/accounts.ts';
import { FailureLimit } from '../accounts/failure-limit.ts';
import type { Configuration } from '../settings/configuration.ts';
import { EventLog } from '../events/event-log.ts';
import { AccountsController } from '../http/accounts-controller.ts';
import { FrontDoor } from '../http/front-door.ts';
import { Database } from '../persistence/database.ts';
import { StorageWatch } from '../status/storage-watch.ts';
import { CONFIGURATION } from '../settings/tokens.ts';

/** Counted apart from logins: a program with an old token must not keep the operators of its host from logging in. */
const WRONG_TOKENS = Symbol('wrong tokens');

/** Who may come in, and the door. */
@Module({
  controllers: [AccountsController],
  providers: [
    {
      provide: Accounts,
      inject: [CONFIGURATION, Database, EventLog],
      useFactory: ({ databaseFile, token }: Configuration, database: Database, events: EventLog) =>
        new Accounts(databaseFile, database, events, token),
    },
    {
      provide: AccountDesk,
      inject: [Database, Accounts],
      useFactory: (database: Database, accounts: Accounts) => new AccountDesk(database, accounts),
    },
    { provide: FailureLimit, useFactory: () => new FailureLimit() },
    { provide: WRONG_TOKENS, useFactory: () => new FailureLimit('wrong tokens from this address') },
    {
      provide: FrontDoor,
      inject: [Accounts, WRONG_TOKENS, StorageWatch],
      useFactory: (accounts: Accounts, tokens: FailureLimit, storage: StorageWatch) =>
        new FrontDoor(accounts, tokens, storage),
    },
  ],
  exports: [Accounts, AccountDesk, FrontDoor],
})
export class AccountsModule implements OnApplicationShutdown {
  constructor(
    private readonly accounts: Accounts,
    private readonly logins: FailureLimit,
    @Inject(WRONG_TOKENS) private readonly tokens: FailureLimit,
  ) {}

  onApplicationShutdown(): void {
    for (const each of [this.accounts, this.logins, this.tokens]) each.dispose();
  }
}
