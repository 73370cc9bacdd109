import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { AccountsModule } from './modules/accounts-module.ts';
import { BenchModule } from './modules/bench-module.ts';
import { PartsModule, type Parts } from './modules/parts.ts';
import { RecordsModule } from './modules/records-module.ts';
import { ReportsModule } from './modules/reports-module.ts';
import { WorkModule } from './modules/work-module.ts';

/** The wiring: libraries to HTTP, websocket and SQL. */
@Module({})
export class AppModule {
  static of(parts: Parts): DynamicModule {
    return {
      module: AppModule,
      imports: [PartsModule.of(parts), BenchModule, WorkModule, RecordsModule, AccountsModule, ReportsModule],
    };
  }
}
