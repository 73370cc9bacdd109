import { CreateJob, type JobUnit, OPEN_JOB_STATES, type Recipe, toldTo } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { callerNow } from '../events/caller.ts';
import { EventLog } from '../events/event-log.ts';
import { JobReferences } from '../jobs/job-references.ts';
import { newJob } from '../units/job-rows.ts';
import type { Work } from '../jobs/work-facts.ts';
import type { Transaction } from '../persistence/database.ts';
import { insertRows } from '../store/rows/insert-rows.ts';
import { Policy } from '../settings/policy.ts';
import { ProblemException } from '../problems/problems.ts';
import { RecipeBook } from '../recipes/recipe-book.ts';
import type { ScanTurn } from './scan-turn.ts';

/** A job that scans made: its units in their order. */
export interface ScannedJob {
  readonly jobId: string;
  readonly unitIds: readonly number[];
}

/** The recipe that a scan starts, and what its boards are said to have passed in. */
export interface Chosen {
  readonly recipe: Recipe;
  readonly work: Work;
}

/** Makes the jobs of scans, in the scan's own transaction. */
@Injectable()
export class ScanUnits {
  constructor(
    private readonly references: JobReferences,
    private readonly recipes: RecipeBook,
    private readonly policy: Policy,
    private readonly events: EventLog,
  ) {}

  /** Stores a job for what the operator chose; or says in a sentence why it is not taken. */
  async store(turn: ScanTurn, units: readonly JobUnit[]): Promise<ScannedJob | { refused: string }> {
    const { transaction, choice } = turn;
    const open = await transaction.job.count({ where: { state: { in: [...OPEN_JOB_STATES] } } });
    if (open >= this.policy.settings.queueLimit)
      return { refused: `${open} jobs wait already. Wait until some are done, and scan again.` };
    const source =
      choice.workOrder === null ? { recipe: { name: choice.recipe! } } : { workOrder: choice.workOrder };
    const body = CreateJob.parse({ ...source, units, clientRef: 'scan' });
    try {
      const { recipe } = await this.references.within(transaction).resolve(body);
      return await this.#store(turn, body, recipe);
    } catch (cause) {
      if (cause instanceof ProblemException)
        return { refused: cause.errors?.[0]?.detail ?? toldTo(cause, callerNow().role) };
      throw cause;
    }
  }

  /** The recipe that the operator chose, as it would run now; or the reason why it may not. */
  async chosen({ transaction, choice }: ScanTurn): Promise<Chosen | { refused: string }> {
    const { workOrder } = choice;
    const order =
      workOrder === null ? null : await transaction.workOrder.findUniqueOrThrow({ where: { id: workOrder } });
    const name = order?.recipeName ?? choice.recipe!;
    const recipe = await this.runnable(transaction, name, order?.recipeRevision);
    if ('refused' in recipe) return recipe;
    return { recipe, work: { workOrder, recipeName: recipe.name, recipeRevision: recipe.revision } };
  }

  /** The revision of a recipe that would run now; or why none may. */
  async runnable(
    transaction: Transaction,
    name: string,
    revision?: number,
  ): Promise<Recipe | { refused: string }> {
    try {
      return await this.recipes.runnable(name, revision, '/recipe', transaction);
    } catch (cause) {
      if (cause instanceof ProblemException) return { refused: toldTo(cause, callerNow().role) };
      throw cause;
    }
  }

  async #store(turn: ScanTurn, body: CreateJob, recipe: Recipe): Promise<ScannedJob> {
    const { transaction, account, choice, told } = turn;
    const sequence = await this.events.nextId(transaction);
    const { row, units, job } = newJob(body, recipe, sequence, account);
    await insertRows(transaction, 'Job', [row]);
    await insertRows(
      transaction,
      'JobUnit',
      units.map((unit) => ({ ...unit, lot: choice.lot })),
    );
    const stored = await transaction.jobUnit.findMany({
      where: { jobId: row.id },
      orderBy: { id: 'asc' },
      select: { id: true },
    });
    told.push(await this.events.append(transaction, 'job.created', job));
    return { jobId: row.id, unitIds: stored.map(({ id }) => id) };
  }
}
