import { Module } from '@nestjs/common';
import { ReportsController } from '../http/reports-controller.ts';
import { BoardReportAnswers } from '../reports/board-report-answers.ts';
import { ReportAnswers } from '../reports/report-answers.ts';
import { ReportRows } from '../reports/report-rows.ts';
import { RecordsModule } from './records-module.ts';

/** Counts over what the record has. */
@Module({
  imports: [RecordsModule],
  controllers: [ReportsController],
  providers: [ReportRows, ReportAnswers, BoardReportAnswers],
})
export class ReportsModule {}
