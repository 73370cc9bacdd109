import type { ScanExpects, ScanOrder, ScanState } from '@boardwalk/contracts';
import { Bench } from '@boardwalk/station';
import { ruleInWords } from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import type { Database, Transaction } from '../persistence/database.ts';
import { liveReservations, type LiveReservation } from '../store/queue/live-reservations.ts';
import { NO_CHOICE, type Choice } from './scan-turn.ts';
import { ruleOf } from './serial-rules.ts';

type Reader = Database | Transaction;

/** What each operator has chosen by scans, as stored: it outlives reloads and restarts. */
@Injectable()
export class ScanStates {
  constructor(private readonly bench: Bench) {}

  async choiceOf(reader: Reader, account: string): Promise<Choice> {
    const row = await reader.scanChoice.findUnique({ where: { account } });
    if (!row) return { ...NO_CHOICE };
    const { account: _account, changedAt: _changedAt, ...choice } = row;
    return choice;
  }

  async store(transaction: Transaction, account: string, choice: Choice, changedAt: string): Promise<void> {
    const data = { ...choice, changedAt };
    await transaction.scanChoice.upsert({ where: { account }, create: { account, ...data }, update: data });
  }

  /** What an operator has chosen, and the next step. */
  async of(reader: Reader, account: string, now: string): Promise<ScanState> {
    const choice = await this.choiceOf(reader, account);
    const all = await liveReservations(reader, now);
    const own = all.filter((row) => row.account === account);
    const { workOrder, recipe, slot, lot, again, serial } = choice;
    const chosen = workOrder !== null || recipe !== null;
    return {
      account,
      order: workOrder === null ? null : await orderOf(reader, workOrder),
      recipe,
      serialRule: chosen ? ruleInWords(await ruleOf(reader, choice)) : null,
      ...{ slot, lot, again, serial },
      expects: this.#expects(choice, own),
      reservations: own.map((row) => ({
        slot: row.slot,
        serial: row.serial === '' ? null : row.serial,
        jobId: row.jobId,
        reservedUntil: row.until,
      })),
    };
  }

  #expects({ asks, workOrder, recipe }: Choice, own: readonly LiveReservation[]): ScanExpects {
    if (asks === 'slot') return 'slot';
    if (own.some((row) => this.#waitsForBoard(row))) return 'board';
    return workOrder === null && recipe === null ? 'order' : 'serial';
  }

  /** A slot that is kept for a board which is in it already only waits for its run to start. */
  #waitsForBoard({ slot: name, insertion }: LiveReservation): boolean {
    const slot = this.bench.slot(name);
    return slot === undefined || slot.uid === null || slot.insertion === insertion;
  }
}

async function orderOf(reader: Reader, id: string): Promise<ScanOrder | null> {
  const row = await reader.workOrder.findUnique({ where: { id }, select: { passed: true, quantity: true } });
  return row && { id, passed: row.passed, of: row.quantity };
}
