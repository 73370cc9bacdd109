import { CreateJob, Serial, type Scan, type ScanResult } from '@boardwalk/contracts';
import { Bench } from '@boardwalk/station';
import { Injectable } from '@nestjs/common';
import { Database } from '../persistence/database.ts';
import { RunRecords } from '../runs/run-records.ts';
import { Dispatcher } from './dispatcher.ts';
import { JobDoor } from './job-door.ts';

type Source = { readonly workOrder: string } | { readonly recipe: { readonly name: string } };

/**
 * What an operator's scanner reads. An order's or a recipe's code says what is made from now on, a slot's code where
 * the next board lies; any other code is a board's, and starts its run. What was chosen is not kept over a restart:
 * whoever stands at the bench then chooses again.
 */
@Injectable()
export class ScanDesk {
  #source: Source | null = null;
  #slot: string | null = null;

  constructor(
    private readonly bench: Bench,
    private readonly database: Database,
    private readonly runs: RunRecords,
    private readonly door: JobDoor,
    private readonly dispatcher: Dispatcher,
  ) {}

  async scan({ code, slot }: Scan): Promise<ScanResult> {
    const answer = (meaning: ScanResult['meaning'], message: string, rest: Partial<ScanResult> = {}) => ({
      ...{ meaning, value: code, message, jobId: null, slot: null },
      ...rest,
    });
    const isSlot = this.bench.slot(code) !== undefined;
    const order = await this.database.workOrder.findUnique({ where: { id: code } });
    const recipe = await this.database.recipe.findFirst({ where: { name: code } });
    const meanings = [isSlot && 'a slot', order && 'a work order', recipe && 'a recipe'].filter(Boolean);
    if (meanings.length > 1)
      return answer(
        'unknown',
        `${code} is ${meanings.join(' and ')}; nothing was chosen. Rename one of them.`,
      );
    if (isSlot) {
      this.#slot = code;
      return answer('slot', `Slot ${code}: the next board scanned lies there.`, { slot: code });
    }
    if (order) {
      this.#source = { workOrder: code };
      return answer('work-order', `Work order ${code}: scan the first board.`);
    }
    if (recipe) {
      this.#source = { recipe: { name: code } };
      return answer('recipe', `Recipe ${code}: scan the first board.`);
    }
    return this.#board(code, slot ?? this.#slot, answer);
  }

  async #board(
    code: string,
    slot: string | null,
    answer: (meaning: ScanResult['meaning'], message: string, rest?: Partial<ScanResult>) => ScanResult,
  ): Promise<ScanResult> {
    if (!this.#source) {
      const known = await this.runs.knows(code);
      return known
        ? answer(
            'serial',
            `Board ${code} is in the record. To flash it, scan a work order or a recipe first.`,
          )
        : answer(
            'unknown',
            `Nothing here is called ${code}. To flash a board, scan a work order or a recipe first.`,
          );
    }
    if (!Serial.safeParse(code).success)
      return answer('unknown', 'This code is no serial: it is too long or holds control characters.');
    const body = CreateJob.parse({ ...this.#source, units: [{ serial: code, slot }], clientRef: 'scan' });
    const { job } = await this.door.accept(body, null, true);
    this.#slot = null;
    this.dispatcher.dispatch();
    const where = slot === null ? 'the next free slot' : `slot ${slot}`;
    return answer('serial', `Board ${code} starts in ${where}.`, { jobId: job.id, slot });
  }
}
