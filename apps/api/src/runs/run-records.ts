import type {
  Assessment,
  Board,
  Identity,
  Outcome,
  Run,
  StepRecord,
  VerifyProof,
} from '@boardwalk/contracts';
import type { RunResult } from '@boardwalk/station';
import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import { notFound } from '../http/problems.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import type { Prisma, Run as RunRow, RunStep as StepRow } from '../persistence/gen/client.ts';

type RowWithSteps = RunRow & { steps: StepRow[] };

export interface RunFilter {
  readonly jobId?: string;
  readonly slot?: string;
  readonly outcome?: string;
}

/** What was done to which board, and what it is. */
@Injectable()
export class RunRecords {
  constructor(private readonly database: Database) {}

  /** @throws ProblemException 404 */
  async get(id: string): Promise<Run> {
    const row = await this.database.run.findUnique({
      where: { id },
      include: { steps: { orderBy: { index: 'asc' } } },
    });
    if (!row) throw notFound(`run ${id}`);
    return toRun(row);
  }

  async list(
    filter: RunFilter,
    limit: number,
    cursor?: string,
  ): Promise<{ data: Run[]; nextCursor: string | null }> {
    const place = cursor === undefined ? null : decodeCursor(cursor);
    const before: Prisma.RunWhereInput = place
      ? { OR: [{ startedAt: { lt: place.at } }, { startedAt: place.at, id: { lt: place.id } }] }
      : {};
    const rows = await this.database.run.findMany({
      where: { AND: [filter, before] },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
      include: { steps: { orderBy: { index: 'asc' } } },
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const nextCursor = rows.length > limit && last ? encodeCursor({ at: last.startedAt, id: last.id }) : null;
    return { data: page.map(toRun), nextCursor };
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
      include: { steps: { orderBy: { index: 'asc' } } },
    });
    return toRun(row);
  }

  /** Every board in the record, by unique id or serial, newest first. */
  async boards(): Promise<Board[]> {
    const rows = await this.database.run.findMany({
      where: { OR: [{ uid: { not: null } }, { serial: { not: null } }] },
      orderBy: { startedAt: 'asc' },
    });
    const boards = new Map<string, Board>();
    for (const row of rows) {
      const id = row.uid ?? row.serial!;
      const known = boards.get(id);
      boards.set(id, {
        id,
        serial: row.serial ?? known?.serial ?? null,
        uid: row.uid,
        deviceId: row.deviceId,
        dpidr: row.dpidr,
        verdict: row.verdict,
        resembles: row.resembles,
        firstSeenAt: known?.firstSeenAt ?? row.startedAt,
        lastSeenAt: row.startedAt,
        lastOutcome: (row.outcome ?? known?.lastOutcome ?? null) as Outcome | null,
        runs: (known?.runs ?? 0) + 1,
      });
    }
    return [...boards.values()].reverse();
  }

  /** One board's whole life, by serial or unique id. @throws ProblemException 404 */
  async boardLife(id: string): Promise<Run[]> {
    const rows = await this.database.run.findMany({
      where: { OR: [{ uid: id }, { serial: id }] },
      orderBy: { startedAt: 'asc' },
      include: { steps: { orderBy: { index: 'asc' } } },
    });
    if (rows.length === 0) throw notFound(`board ${id}`);
    return rows.map(toRun);
  }
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
  return {
    ...{ id, jobId, slot, portPath, imageSha256, workOrder, operator, serial, probeSerial, probeFirmware },
    ...{ startedAt, finishedAt, reason, detail, remedy, targetVoltage, dumpBeforeSha256, dumpAfterSha256 },
    recipe: { name: recipeName, revision: recipeRevision },
    outcome: outcome as Outcome | null,
    identity: json<Identity>(identity),
    assessment: json<Assessment>(assessment),
    verify: json<VerifyProof>(verify),
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
