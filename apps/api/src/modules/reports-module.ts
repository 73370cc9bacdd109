import { Module } from '@nestjs/common';
import { ReportsController } from '../http/reports-controller.ts';
import { ReportAnswers } from '../reports/report-answers.ts';
import { ReportRows } from '../reports/report-rows.ts';
import { RecordsModule } from './records-module.ts';

/** Counts over what the record has. */
@Module({
  imports: [RecordsModule],
  controllers: [ReportsController],
  providers: [ReportRows, ReportAnswers],
})
export class ReportsModule {}
