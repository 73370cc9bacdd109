import { CreateJob, CreateWorkOrder, STARTING_JOB_STATES } from '@boardwalk/contracts';
import { FLASH_BASE, SRAM_BASE } from '@boardwalk/series';
import type { Logger } from 'pino';
import { asStation } from '../events/caller.ts';
import type { EventLog } from '../events/event-log.ts';
import type { ImageStore } from '../images/image-store.ts';
import type { JobBook } from '../jobs/job-book.ts';
import type { JobDoor } from '../jobs/job-door.ts';
import type { Database } from '../persistence/database.ts';
import { demoOrderId } from '../recipes/demo-orders.ts';
import { newestDemoNumber } from '../store/orders/newest-demo-number.ts';
import type { RecipeBook } from '../recipes/recipe-book.ts';
import { ENDED_ORDER, type OrderBook } from '../recipes/order-book.ts';

const SIZE_BYTES = 12 * 1024;
const STACK_BYTES = 20 * 1024;
/** Boards of one round. */
const QUANTITY = 20;
/** After a refusal that time may end, such as a full queue. */
const RETRY_MS = 30_000;

/** What the demo works with. */
export interface DemoParts {
  readonly database: Database;
  readonly images: ImageStore;
  readonly recipes: RecipeBook;
  readonly orders: OrderBook;
  readonly jobs: JobBook;
  readonly door: JobDoor;
  readonly events: EventLog;
  readonly log: Logger;
}

/** A program for the virtual bench: a vector table, an endless loop, and a pattern to be programmed. */
function demoFirmware(): Uint8Array {
  const bytes = new Uint8Array(SIZE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, SRAM_BASE + STACK_BYTES, true);
  view.setUint32(4, FLASH_BASE + 9, true);
  view.setUint16(8, 0xe7fe, true);
  for (let at = 10; at < SIZE_BYTES; at += 1) bytes[at] = (at * 13 + (at >> 5)) & 0xff;
  return bytes;
}

/**
 * Endless work for the virtual bench: work orders DEMO-1, DEMO-2, … after another, each with a job for its boards. The
 * next round begins when the order of the last one has ended. A restart goes on with the next number.
 */
export class Demo {
  readonly #stopListening: () => void;
  #order: string | null = null;
  #job: string | null = null;
  #turn = Promise.resolve();
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(private readonly parts: DemoParts) {
    this.#stopListening = parts.events.onEvent((event) => {
      if (event.type === 'job.completed' && event.data.id === this.#job) this.#goOn();
      if (event.type === 'work-order.changed' && event.data.id === this.#order) this.#goOn();
    });
  }

  /** Begins the first round; an order that an earlier start left is closed. @throws ProblemException */
  async start(): Promise<void> {
    const { database, orders } = this.parts;
    const left = demoOrderId(await newestDemoNumber(database));
    const row = await database.workOrder.findUnique({ where: { id: left } });
    if (row && !ENDED_ORDER.has(row.state)) await orders.act(left, 'close', 'The station has started again.');
    await this.#begin();
  }

  isOwn(jobId: string): boolean {
    return jobId === this.#job;
  }

  /** Whether no other job than the demo's waits or runs, and boards of the demo's are still to be run. */
  async isAlone(): Promise<boolean> {
    return !(await this.#othersWait()) && (await this.waits());
  }

  async #othersWait(): Promise<boolean> {
    const where = { state: { in: [...STARTING_JOB_STATES] }, NOT: { id: this.#job ?? '' } };
    return (await this.parts.database.job.findFirst({ where, select: { id: true } })) !== null;
  }

  /** Whether a board of the demo's own job is still to be run. */
  async waits(): Promise<boolean> {
    const where = {
      jobId: this.#job ?? '',
      state: 'queued',
      job: { state: { in: [...STARTING_JOB_STATES] } },
    };
    return (await this.parts.database.jobUnit.findFirst({ where, select: { id: true } })) !== null;
  }

  #goOn(): void {
    if (this.#closed) return;
    this.#turn = this.#turn
      .then(() => asStation(() => this.#advance()))
      .catch((cause: unknown) => {
        this.parts.log.warn({ err: cause }, 'the demo waits before its next work order');
        if (!this.#closed) this.#retry = setTimeout(() => this.#goOn(), RETRY_MS);
      });
  }

  async #advance(): Promise<void> {
    if (this.#closed || this.#order === null) return;
    const { orders, jobs } = this.parts;
    const { state, quantity, passed } = await orders.get(this.#order);
    if (ENDED_ORDER.has(state)) return this.#begin();
    const job = this.#job === null ? null : await jobs.get(this.#job);
    // Boards that failed are made good by more of them.
    if (state === 'open' && (!job || job.state === 'completed')) await this.#post(quantity - passed);
  }

  async #begin(): Promise<void> {
    const { database, images, recipes, orders } = this.parts;
    const { image } = await images.add({ bytes: demoFirmware(), name: 'demo.bin' });
    const { name, revision } = await database.commit((transaction) => recipes.builtIn(image.id, transaction));
    const id = demoOrderId((await newestDemoNumber(database)) + 1);
    const order = { id, recipe: { name, revision }, quantity: QUANTITY, lot: 'DEMO' };
    await orders.create(CreateWorkOrder.parse(order));
    this.#order = id;
    this.#job = null;
    await this.#post(QUANTITY);
  }

  async #post(count: number): Promise<void> {
    const body = { workOrder: this.#order, count: Math.max(count, 1), clientRef: 'demo', priority: 0 };
    const { job } = await this.parts.door.accept(CreateJob.parse(body), null, true);
    this.#job = job.id;
  }

  /** Waits for what is being posted. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopListening();
    if (this.#retry) clearTimeout(this.#retry);
    await this.#turn;
  }
}
