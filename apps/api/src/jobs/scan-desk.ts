import { CreateJob, Serial, type Scan, type ScanResult } from '@boardwalk/contracts';
import { Bench } from '@boardwalk/station';
import { Injectable } from '@nestjs/common';
import { callerNow } from '../events/caller.ts';
import { Database } from '../persistence/database.ts';
import { RunRecords } from '../runs/run-records.ts';
import { BadgeDesk } from './badge-desk.ts';
import { Dispatcher } from './dispatcher.ts';
import { JobDoor } from './job-door.ts';

type Source = { readonly workOrder: string } | { readonly recipe: { readonly name: string } };

/** What one operator chose by scans, until something else is chosen. */
interface Chosen {
  source: Source | null;
  slot: string | null;
}

/**
 * What an operator's scanner reads. An order's or a recipe's code says what this operator makes from now on, a slot's
 * code where the next board lies, a badge who stands there; any other code is a board's, and starts its run. What was
 * chosen is not kept over a restart: whoever stands at the bench then chooses again.
 */
@Injectable()
export class ScanDesk {
  readonly #chosen = new Map<string, Chosen>();

  constructor(
    private readonly badges: BadgeDesk,
    private readonly bench: Bench,
    private readonly database: Database,
    private readonly runs: RunRecords,
    private readonly door: JobDoor,
    private readonly dispatcher: Dispatcher,
  ) {}

  async scan({ code, slot }: Scan): Promise<ScanResult> {
    const chosen = this.#chosenBy(callerNow().actor);
    const answer = (meaning: ScanResult['meaning'], message: string, rest: Partial<ScanResult> = {}) => ({
      ...{ meaning, value: code, message, jobId: null, slot: null },
      ...rest,
    });
    const isSlot = this.bench.slot(code) !== undefined;
    const order = await this.database.workOrder.findUnique({ where: { id: code } });
    const recipe = await this.database.recipe.findFirst({ where: { name: code } });
    const expected = isSlot || order !== null || recipe !== null || (await this.runs.knows(code));
    // Answered without the code: a secret must not end up as a board's serial in the record.
    if (await this.badges.isBadge({ code, expected }, callerNow().actor))
      return answer('badge', 'This is a badge; no board was started.', { value: 'badge' });
    const meanings = [isSlot && 'a slot', order && 'a work order', recipe && 'a recipe'].filter(Boolean);
    if (meanings.length > 1)
      return answer(
        'unknown',
        `${code} is ${meanings.join(' and ')}; nothing was chosen. Rename one of them.`,
      );
    if (isSlot) {
      chosen.slot = code;
      return answer('slot', `Slot ${code}: the next board scanned lies there.`, { slot: code });
    }
    if (order) {
      chosen.source = { workOrder: code };
      return answer('work-order', `Work order ${code}: scan the first board.`);
    }
    if (recipe) {
      chosen.source = { recipe: { name: code } };
      return answer('recipe', `Recipe ${code}: scan the first board.`);
    }
    return this.#board(code, slot ?? chosen.slot, chosen, answer);
  }

  #chosenBy(actor: string): Chosen {
    let chosen = this.#chosen.get(actor);
    if (!chosen) this.#chosen.set(actor, (chosen = { source: null, slot: null }));
    return chosen;
  }

  async #board(
    code: string,
    slot: string | null,
    chosen: Chosen,
    answer: (meaning: ScanResult['meaning'], message: string, rest?: Partial<ScanResult>) => ScanResult,
  ): Promise<ScanResult> {
    if (!chosen.source) {
      const first = 'scan a work order or a recipe first';
      if (await this.runs.knows(code))
        return answer('serial', `Board ${code} is in the record. To flash it, ${first}.`);
      return answer('unknown', `Nothing here is called ${code}. To flash a board, ${first}.`);
    }
    if (!Serial.safeParse(code).success)
      return answer('unknown', 'This code is no serial: it is too long or holds control characters.');
    const body = CreateJob.parse({ ...chosen.source, units: [{ serial: code, slot }], clientRef: 'scan' });
    const { job } = await this.door.accept(body, null, true);
    chosen.slot = null;
    this.dispatcher.dispatch();
    const where = slot === null ? 'the next free slot' : `slot ${slot}`;
    return answer('serial', `Board ${code} starts in ${where}.`, { jobId: job.id, slot });
  }
}
