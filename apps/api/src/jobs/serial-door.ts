import type { CreateJob, Problem, Recipe, SerialFormat, SerialRule } from '@boardwalk/contracts';
import { passedSentence, serialFault, serialPlaceSentence, type SerialPlace } from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import { BoardBook } from '../boards/board-book.ts';
import type { Transaction } from '../persistence/database.ts';
import type { WorkOrder } from '../persistence/gen/client.ts';
import { ProblemException } from '../problems/problems.ts';
import { serialPlaces } from '../store/queue/serial-places.ts';
import { notInRange } from '../store/serials/not-in-range.ts';
import { nameOf, serialWork } from './work-facts.ts';
import { pagesOf } from '../persistence/pages.ts';

/** The recipe and the order of a job, once everything that it names was found. */
export interface Resolved {
  readonly recipe: Recipe;
  readonly order: WorkOrder | null;
}

/** A unit that names a serial, and where it is in the request. */
interface Named {
  readonly serial: string;
  readonly again: string | undefined;
  readonly pointer: string;
}

const SHOWN_ERRORS = 100;
type Errors = NonNullable<Problem['errors']>;

/** Whether the serials of a job may come in: one serial waits or runs once, and passes once in its work. */
@Injectable()
export class SerialDoor {
  constructor(private readonly boards: BoardBook) {}

  /** One group of requests: what the first of two brings, the second may not. */
  within(transaction: Transaction): SerialCheck {
    return new SerialCheck(transaction, this.boards);
  }
}

export class SerialCheck {
  /** Serials of jobs that are stored with this transaction. */
  readonly #taken = new Set<string>();

  constructor(
    private readonly transaction: Transaction,
    private readonly boards: BoardBook,
  ) {}

  /** @throws ProblemException that names every unit that may not come in; then none of the job does */
  async admit(body: CreateJob, resolved: Resolved): Promise<void> {
    const named = (body.units ?? []).flatMap(({ serial, again }, index): Named[] =>
      serial == null ? [] : [{ serial, again, pointer: `/units/${index}/serial` }],
    );
    if (named.length === 0) return;
    await this.#refuseMisspelt(named, resolved);
    refuse('serial-busy', await inPages(named, (page) => this.#busy(page)));
    await this.#refusePassed(named, resolved);
    for (const { serial } of named) this.#taken.add(serial);
  }

  async #refuseMisspelt(named: readonly Named[], { order }: Resolved): Promise<void> {
    if (order?.serialRule == null) return;
    const rule = JSON.parse(order.serialRule) as SerialRule;
    const range = rule.range === undefined ? null : await this.#rangeOf(rule.range);
    const errors = await inPages(named, async (page) => {
      const serials = page.map(({ serial }) => serial);
      const missing =
        range?.format === null ? await notInRange(this.transaction, range.name, serials) : new Set<string>();
      return page.flatMap(({ serial, pointer }): Errors => {
        const fault = serialFault(rule, serial, range);
        const detail = fault ?? (missing.has(serial) ? `${serial} is not in the list "${rule.range}"` : null);
        return detail === null ? [] : [{ pointer, detail }];
      });
    });
    refuse('invalid:units', errors);
  }

  async #rangeOf(name: string) {
    const { format, first, last } = await this.transaction.serialRange.findUniqueOrThrow({ where: { name } });
    return { name, first, last, format: format === null ? null : (JSON.parse(format) as SerialFormat) };
  }

  async #busy(named: readonly Named[]): Promise<Errors> {
    const places = await serialPlaces(
      this.transaction,
      named.map(({ serial }) => serial),
    );
    const placeOf = (serial: string): SerialPlace | undefined =>
      places.get(serial) ??
      (this.#taken.has(serial)
        ? { state: 'waiting', slot: null, jobId: 'a job that came with it' }
        : undefined);
    return named.flatMap(({ serial, pointer }): Errors => {
      const place = placeOf(serial);
      return place ? [{ pointer, detail: serialPlaceSentence(serial, place) }] : [];
    });
  }

  /** A serial that has passed comes in to be tested again, with a reason; a completed order takes nothing else. */
  async #refusePassed(named: readonly Named[], { recipe, order }: Resolved): Promise<void> {
    const work = {
      workOrder: order?.id ?? null,
      recipeName: recipe.name,
      recipeRevision: recipe.revision,
    };
    for (const { serial } of named) await this.boards.catchUp(this.transaction, { uid: null, serial });
    const strange: Errors = [];
    const passed = await inPages(named, async (page) => {
      const serials = page.map(({ serial }) => serial);
      const known = await serialWork(this.transaction, serials, work);
      for (const { serial, pointer } of page)
        if (order?.state === 'completed' && !known(serial).inOrder)
          strange.push({ pointer, detail: notOfOrder(serial, order.id) });
      return page.flatMap(({ serial, again, pointer }): Errors => {
        const { passedAt } = known(serial);
        if (again !== undefined || passedAt === null) return [];
        return [{ pointer, detail: passedSentence(serial, nameOf(work), passedAt) }];
      });
    });
    refuse('serial-passed', passed);
    refuse('work-order-ended:units', strange);
  }
}

/** Thousands of serials are asked about in several statements, between which the event loop has its turn. */
async function inPages(
  named: readonly Named[],
  errorsOf: (page: readonly Named[]) => Promise<Errors>,
): Promise<Errors> {
  const errors: Errors = [];
  for (const page of pagesOf(named)) errors.push(...(await errorsOf(page)));
  return errors;
}

function notOfOrder(serial: string, order: string): string {
  return `${serial} is not one of the boards of ${order}, which has all its boards.`;
}

type RefusedUnits = 'invalid:units' | 'serial-busy' | 'serial-passed' | 'work-order-ended:units';

function refuse(key: RefusedUnits, errors: Errors): void {
  const [first, ...others] = errors;
  if (!first) return;
  const more = others.length === 0 ? '' : ` ${others.length} more units are refused for the same reason.`;
  const why = `${first.pointer}: ${first.detail}${more}`;
  throw new ProblemException(key, { why }, { errors: errors.slice(0, SHOWN_ERRORS) });
}
