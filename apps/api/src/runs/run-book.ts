import type {
  Assessment,
  Identity,
  Outcome,
  Run,
  RunQuery,
  StepRecord,
  VerifyProof,
  WrittenPatch,
} from '@boardwalk/contracts';
import type { RunResult } from '@boardwalk/station';
import { Injectable } from '@nestjs/common';
import { belowSequence, sequencePage, type Page } from '../lists/cursor.ts';
import { refused } from '../problems/problems.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import type { Run as RunRow, RunStep as StepRow } from '../persistence/gen/client.ts';
import { findRuns, WITH_STEPS, type RunListFilters } from './find-runs.ts';

type RowWithSteps = RunRow & { steps: StepRow[] };

/** A run that a dead process left, as it is named. */
const INTERRUPTED = {
  outcome: 'ERROR',
  reason: 'interrupted',
  detail: 'The station ended while this run was on.',
  remedy: 'Scan the board again; its flash may hold part of the image.',
  verify: null,
  verifyMethod: null,
};

/** Runs: the board, its identity and the steps that were done to it. */
@Injectable()
export class RunBook {
  constructor(private readonly database: Database) {}

  /** @throws ProblemException 404 */
  async get(id: string, reader: Database | Transaction = this.database): Promise<Run> {
    const row = await reader.run.findUnique({
      where: { id },
      include: WITH_STEPS,
    });
    if (!row) throw refused('not-found:run', { id });
    return toRun(row);
  }

  /** Runs in the record's order, the newest first. */
  async list({
    limit,
    cursor,
    ...filters
  }: RunListFilters & Pick<RunQuery, 'limit' | 'cursor'>): Promise<Page<Run>> {
    const rows = await findRuns(this.database, filters, belowSequence(cursor), limit + 1);
    const { data, nextCursor } = sequencePage(rows, limit);
    return { data: data.map(toRun), nextCursor };
  }

  /** Whether a board of this serial or unique id is in the record. */
  async knows(id: string): Promise<boolean> {
    const run = await this.database.run.findFirst({
      where: { OR: [{ serial: id }, { uid: id }] },
      select: { id: true },
    });
    return run !== null;
  }

  /** Names a run that a dead process left. */
  async interrupt(transaction: Transaction, runId: string): Promise<Run> {
    await transaction.runStep.updateMany({ where: { runId, state: 'running' }, data: { state: 'error' } });
    const row = await transaction.run.update({
      where: { id: runId },
      data: { ...INTERRUPTED, finishedAt: new Date().toISOString() },
      include: WITH_STEPS,
    });
    return toRun(row);
  }

  async saveStep(transaction: Transaction, runId: string, record: StepRecord): Promise<void> {
    const { index, measurements, ...rest } = record;
    const row = { ...rest, measurements: JSON.stringify(measurements) };
    await transaction.runStep.upsert({
      where: { runId_index: { runId, index } },
      create: { runId, index, ...row },
      update: row,
    });
  }

  async saveIdentity(
    transaction: Transaction,
    runId: string,
    identity: Identity,
    assessment: Assessment,
  ): Promise<void> {
    const { uid, deviceId, dpidr } = identity;
    await transaction.run.update({
      where: { id: runId },
      data: {
        identity: JSON.stringify(identity),
        assessment: JSON.stringify(assessment),
        uid,
        deviceId,
        dpidr,
        flashSizeKib: identity.flashSizeKib,
        verdict: assessment.verdict,
        resembles: assessment.resembles,
        difference: assessment.difference ?? null,
      },
    });
  }

  async finish(transaction: Transaction, runId: string, result: RunResult): Promise<Run> {
    const { outcome, reason, detail, remedy, targetVoltage, dumpBeforeSha256, dumpAfterSha256 } = result;
    const { probeSerial, probeFirmware, finishedAt, verify } = result;
    const row = await transaction.run.update({
      where: { id: runId },
      data: {
        ...{ outcome, reason, detail, remedy, targetVoltage, dumpBeforeSha256, dumpAfterSha256 },
        ...{ probeSerial, probeFirmware, finishedAt },
        verify: verify ? JSON.stringify(verify) : null,
        verifyMethod: verify?.method ?? null,
      },
      include: WITH_STEPS,
    });
    return toRun(row);
  }

  /** One board's life in the record's order, from a run on. */
  async boardLife(board: number, after: number, limit: number): Promise<Run[]> {
    const rows = await this.database.run.findMany({
      where: { board, sequence: { gt: after } },
      orderBy: { sequence: 'asc' },
      take: limit,
      include: WITH_STEPS,
    });
    return rows.map(toRun);
  }
}

/** A run without what is large: for events. */
export function summaryOf<Shown extends { steps: unknown; identity: unknown; assessment: unknown }>(
  run: Shown,
) {
  const { steps: _steps, identity: _identity, assessment: _assessment, ...summary } = run;
  return summary;
}

function json<Value>(text: string | null): Value | null {
  return text === null ? null : (JSON.parse(text) as Value);
}

/** A stored run as the contract shows it. */
export function toRun(row: RowWithSteps): Run {
  const { recipeName, recipeRevision, identity, assessment, verify, steps, outcome, ...rest } = row;
  const { id, jobId, slot, portPath, imageSha256, workOrder, operator, serial, probeSerial, probeFirmware } =
    rest;
  const { startedAt, finishedAt, reason, detail, remedy, targetVoltage, dumpBeforeSha256, dumpAfterSha256 } =
    rest;
  const { sequence, board, attempt, lot, supplier, imageFileSha256 } = rest;
  return {
    ...{ id, jobId, slot, portPath, imageSha256, workOrder, operator, serial, probeSerial, probeFirmware },
    ...{
      sequence,
      board,
      attempt,
      lot,
      supplier,
      imageFileSha256,
      reference: rest.reference as Run['reference'],
    },
    ...{ startedAt, finishedAt, reason, detail, remedy, targetVoltage, dumpBeforeSha256, dumpAfterSha256 },
    recipe: { name: recipeName, revision: recipeRevision },
    outcome: outcome as Outcome | null,
    identity: json<Identity>(identity),
    assessment: json<Assessment>(assessment),
    verify: json<VerifyProof>(verify),
    patches: json<WrittenPatch[]>(rest.patches) ?? [],
    steps: steps.map(toStep),
    stationVersion: rest.stationVersion,
    virtual: rest.virtual,
  };
}

function toStep({ runId: _runId, measurements, state, ...rest }: StepRow): StepRecord {
  return {
    ...rest,
    state: state as StepRecord['state'],
    measurements: JSON.parse(measurements) as StepRecord['measurements'],
  };
}
