import { Bench } from '@boardwalk/station';
import { createVirtualBench, type VirtualBench, type VirtualSlot } from '@boardwalk/virtual-bench';
import { pino } from 'pino';
import { LiveProgress } from '../events/live-progress.ts';
import { Dispatcher } from '../jobs/dispatcher.ts';
import { RunEnds } from '../jobs/run-ends.ts';
import { ShownOpenings } from '../openings/shown-openings.ts';
import type { LedgerBench } from './ledger-bench.ts';

/** How often idle slots are looked at, ms: a hand that changes boards is noticed soon. */
const POLL_MS = 50;

/** The dispatcher of a ledger at work on a bench of virtual boards. */
export class WorkingBench {
  private constructor(
    readonly virtual: VirtualBench,
    readonly bench: Bench,
    private readonly dispatcher: Dispatcher,
  ) {}

  static async open(ledger: LedgerBench, boards: readonly string[]): Promise<WorkingBench> {
    const virtual = await createVirtualBench({ boards });
    const bench = await Bench.open({ bus: virtual.bus, pollMs: POLL_MS });
    const { jobs, images, storage } = ledger;
    const log = pino({ level: 'silent' });
    const ends = new RunEnds(ledger.ledger, storage, log);
    const live = new LiveProgress();
    const { database, openings } = ledger;
    const shown = new ShownOpenings(bench, database, openings);
    const dispatcher = new Dispatcher(bench, ledger.ledger, ends, jobs, images, live, storage, shown, log);
    bench.onChange(() => dispatcher.dispatch());
    return new WorkingBench(virtual, bench, dispatcher);
  }

  /** Every slot with a board takes up work. */
  start(): void {
    this.dispatcher.dispatch();
  }

  /** The socket of a slot, as the hand reaches it. */
  socket(name: string): VirtualSlot {
    const { portPath } = this.bench.slot(name)!;
    return this.virtual.slots.find((socket) => socket.portPath === portPath)!;
  }

  /** Resolves when no slot is at work. */
  idle(): Promise<void> {
    const busy = (): boolean => this.bench.slots.some(({ state }) => state === 'running');
    return new Promise((resolve) => {
      const forget = this.bench.onChange(() => {
        if (busy()) return;
        forget();
        resolve();
      });
      if (!busy()) resolve();
    });
  }

  async close(): Promise<void> {
    await this.dispatcher.close();
    await this.bench.close();
    await this.virtual.close();
  }
}
