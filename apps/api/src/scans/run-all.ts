import { slotsInWords } from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import { OrderRoom } from './order-room.ts';
import { Reservations } from './reservations.ts';
import { hasSource, refusal, type ScanOutcome, type ScanTurn } from './scan-turn.ts';
import { ScanUnits } from './scan-units.ts';
import { ruleOf } from './serial-rules.ts';
import { StartCheck } from './start-check.ts';

/** RUN-ALL: every board in its socket, where no board needs a serial of its own. */
@Injectable()
export class RunAll {
  constructor(
    private readonly room: OrderRoom,
    private readonly units: ScanUnits,
    private readonly check: StartCheck,
    private readonly reservations: Reservations,
  ) {}

  /** Boards that have not run since they were put in; on *again* those that have, too. */
  async run(turn: ScanTurn, code: string): Promise<ScanOutcome> {
    const wanted = turn.choice.again === null ? ['fresh'] : ['fresh', 'done'];
    const boards = turn.slots.filter(({ use, reservedFor }) => wanted.includes(use) && reservedFor === null);
    const names = boards.map(({ name }) => name);
    if (names.length > 0) return this.start(turn, names, code);
    const none = 'No slot has a board that has not run since it was put in. Put boards in, and scan again.';
    return refused(code, (await this.#barOf(turn)) ?? none);
  }

  /** Starts the boards in some slots, without serials. */
  async start(turn: ScanTurn, slots: readonly string[], code: string): Promise<ScanOutcome> {
    const { choice } = turn;
    const bar = (await this.#barOf(turn)) ?? (await this.room.barOf(turn, null));
    if (bar !== null) return refused(code, bar);
    const open: string[] = [];
    const kept: string[] = [];
    for (const slot of slots) {
      const judged = await this.check.judge(turn, slot, null);
      if (judged.kind === 'go') open.push(slot);
      else kept.push(`Slot ${slot}: ${judged.sentence}`);
    }
    const taken = open.slice(0, await this.room.left(turn));
    if (taken.length === 0) return refused(code, kept.join(' '));
    const again = choice.again === null ? {} : { again: choice.again };
    const job = await this.units.store(
      turn,
      taken.map((slot) => ({ slot, ...again })),
    );
    if ('refused' in job) return refused(code, job.refused);
    for (const [index, slot] of taken.entries()) {
      const row = { slot, unitId: job.unitIds[index]!, serial: '', account: turn.account };
      await this.reservations.make(turn.transaction, row, false);
    }
    Object.assign(choice, { slot: null, again: null });
    const message = [startsIn(taken), ...kept, ...leftOut(open, taken)].join(' ');
    return { meaning: 'command', value: code, message, jobId: job.jobId, kept: { code, fate: null } };
  }

  /** Why boards cannot start without serials of their own. */
  async #barOf(turn: ScanTurn): Promise<string | null> {
    const { transaction, choice } = turn;
    if (!hasSource(turn)) return 'Nothing is chosen to be made. Scan a work order or a recipe first.';
    const chosen = await this.units.chosen(turn);
    if ('refused' in chosen) return chosen.refused;
    const { recipe } = chosen;
    if (recipe.patches.some(({ from }) => from !== 'range'))
      return `Recipe ${recipe.name} writes what each board brings. Scan each board.`;
    const { rule, range } = await ruleOf(transaction, choice);
    return rule !== null && range === null
      ? `Work order ${choice.workOrder} has a rule for serials. Scan each board.`
      : null;
  }
}

function refused(code: string, message: string): ScanOutcome {
  return { ...refusal(code, message, code), kept: { code, fate: null, reason: message } };
}

function startsIn(slots: readonly string[]): string {
  return slots.length === 1
    ? `One board starts, in slot ${slots[0]}.`
    : `${slots.length} boards start, in ${slotsInWords(slots)}.`;
}

function leftOut(open: readonly string[], taken: readonly string[]): string[] {
  const over = open.filter((name) => !taken.includes(name));
  return over.length === 0 ? [] : [`The order has no place for ${slotsInWords(over)}.`];
}
