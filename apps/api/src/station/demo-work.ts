import { Bench } from '@boardwalk/station';
import type { VirtualBench } from '@boardwalk/virtual-bench';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Configuration } from '../settings/configuration.ts';
import { EventLog } from '../events/event-log.ts';
import { ImageStore } from '../images/image-store.ts';
import { Dispatcher } from '../jobs/dispatcher.ts';
import { JobBook } from '../jobs/job-book.ts';
import { JobDoor } from '../jobs/job-door.ts';
import { CONFIGURATION, LOG, VIRTUAL_BENCH } from '../settings/tokens.ts';
import { Database } from '../persistence/database.ts';
import { ProblemException } from '../problems/problems.ts';
import { RecipeBook } from '../recipes/recipe-book.ts';
import { OrderBook } from '../recipes/order-book.ts';
import { Demo } from './demo.ts';
import { Hand } from './hand.ts';
import { Sockets } from './sockets.ts';

/** On a virtual bench where it is wanted: the hand, and its endless work. */
@Injectable()
export class DemoWork {
  #demo: Demo | null = null;
  #hand: Hand | null = null;

  constructor(
    private readonly bench: Bench,
    @Inject(VIRTUAL_BENCH) private readonly virtual: VirtualBench | null,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(LOG) private readonly log: Logger,
    private readonly database: Database,
    private readonly sockets: Sockets,
    private readonly images: ImageStore,
    private readonly recipes: RecipeBook,
    private readonly orders: OrderBook,
    private readonly jobs: JobBook,
    private readonly door: JobDoor,
    private readonly events: EventLog,
    private readonly dispatcher: Dispatcher,
  ) {}

  async open(): Promise<void> {
    const { bench, virtual, log, sockets } = this;
    if (!virtual || !this.#isWanted()) return;
    const { database, images, recipes, orders, jobs, door, events } = this;
    const demo = new Demo({ database, images, recipes, orders, jobs, door, events, log });
    this.#demo = demo;
    this.#hand = new Hand({ bench, virtual, boards: this.configuration.virtualBoards, sockets, demo, log });
    try {
      await demo.start();
    } catch (cause) {
      // This station's own rules may refuse it: released recipes alone, or a queue that is full. It opens without.
      if (!(cause instanceof ProblemException)) throw cause;
      log.warn(`No demo work order: ${cause.message} ${cause.remedy ?? ''}`.trim());
    }
    this.dispatcher.dispatch();
  }

  /** As the configuration says, else on a virtual bench whose boards nobody named. */
  #isWanted(): boolean {
    const { demo, boardsNamed } = this.configuration;
    return demo ?? !boardsNamed;
  }

  async close(): Promise<void> {
    await this.#hand?.close();
    await this.#demo?.close();
  }
}
