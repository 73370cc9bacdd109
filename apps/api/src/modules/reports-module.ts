import { Module } from '@nestjs/common';
import { ReportsController } from '../http/reports-controller.ts';
import { ShiftsController } from '../http/shifts-controller.ts';
import { ReportAnswers } from '../reports/report-answers.ts';
import { ShiftBook } from '../reports/shift-book.ts';
import { RecordsModule } from './records-module.ts';

/** Counts over what the record has. */
@Module({
  imports: [RecordsModule],
  controllers: [ReportsController, ShiftsController],
  providers: [ReportAnswers, ShiftBook],
})
export class ReportsModule {}
