import type { ReportQuery } from '@boardwalk/contracts';
import { openToRead, ReportSource } from '@boardwalk/records';
import { answerReport, type Report, type ReportFrame } from '@boardwalk/reports';
import { Inject, Injectable } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { VirtualRuns, virtualOf } from '../runs/virtual-runs.ts';
import type { Configuration } from '../settings/configuration.ts';
import { CONFIGURATION } from '../settings/tokens.ts';

/** Answers any report from the record as it is at one moment, in parts between which the bench is served. */
@Injectable()
export class ReportAnswers {
  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    private readonly virtual: VirtualRuns,
  ) {}

  async answer<Answer>(report: Report<Answer>, query: ReportQuery): Promise<Answer & ReportFrame> {
    const { databaseFile, timeZone } = this.configuration;
    const source = new ReportSource(openToRead(databaseFile));
    try {
      const virtual = virtualOf(this.virtual.shown(query.virtual));
      return await answerReport(report, query, source, { timeZone, virtual, pause: () => nextTurn() });
    } finally {
      source.close();
    }
  }
}
