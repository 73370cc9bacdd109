import type { Bench } from '@boardwalk/station';
import type { VirtualBench } from '@boardwalk/virtual-bench';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import { EventLog } from '../events/event-log.ts';
import { ImageStore } from '../images/image-store.ts';
import { Dispatcher } from '../jobs/dispatcher.ts';
import { JobBook } from '../jobs/job-book.ts';
import { JobDoor } from '../jobs/job-door.ts';
import { Database } from '../persistence/database.ts';
import { ProblemException } from '../problems/problems.ts';
import { RecipeBook } from '../recipes/recipe-book.ts';
import { WorkOrders } from '../recipes/work-orders.ts';
import { Demo } from './demo.ts';
import { Hand } from './hand.ts';
import { Sockets } from './sockets.ts';

/** What a demo needs of the station that opens it. */
interface DemoBench {
  readonly bench: Bench;
  readonly virtual: VirtualBench;
  readonly boards: readonly string[];
}

/** Opens the hand and its endless work. Each part's end is added to `closers` as soon as it is open. */
export async function openDemo(
  app: NestExpressApplication,
  bench: DemoBench,
  closers: (() => Promise<void> | void)[],
  log: Logger,
): Promise<void> {
  const demo = new Demo({
    ...{ database: app.get(Database), images: app.get(ImageStore), recipes: app.get(RecipeBook) },
    ...{ orders: app.get(WorkOrders), jobs: app.get(JobBook), door: app.get(JobDoor) },
    ...{ events: app.get(EventLog), log },
  });
  closers.push(() => demo.close());
  const hand = new Hand({ ...bench, sockets: app.get(Sockets), demo, log });
  closers.push(() => hand.close());
  try {
    await demo.start();
  } catch (cause) {
    // This station's own rules may refuse it: released recipes alone, or a queue that is full. It opens without.
    if (!(cause instanceof ProblemException)) throw cause;
    log.warn(`No demo work order: ${cause.message}`);
  }
  app.get(Dispatcher).dispatch();
}
