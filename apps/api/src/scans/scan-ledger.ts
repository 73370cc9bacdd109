import type { ScanChange } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../events/event-log.ts';
import { ScanStates } from './scan-states.ts';
import type { ScanOutcome, ScanTurn } from './scan-turn.ts';

/** Writes every scan into the record; the view scan_log says what became of each. */
@Injectable()
export class ScanLedger {
  constructor(
    private readonly events: EventLog,
    private readonly states: ScanStates,
  ) {}

  /** Stores a scan with its event, and the operator's choices as the scan left them. @returns the operator's state */
  async keep(turn: ScanTurn, outcome: ScanOutcome): Promise<ScanChange> {
    const { transaction, account, now, choice } = turn;
    const { meaning, slot = null, kept } = outcome;
    const sequence = await this.events.nextId(transaction);
    const { code, serial = null, unitId = null, fate, reason = null } = kept;
    const { id } = await transaction.scan.create({
      data: {
        ...{ sequence, at: now, account, code, meaning, serial, slot },
        ...{ workOrder: choice.workOrder, unitId, fate, reason },
      },
    });
    // The serial that was just scanned is the one that asks.
    if (choice.asks !== null && choice.scanId === null) choice.scanId = id;
    await this.states.store(transaction, account, choice, now);
    const shown = fate ?? (unitId === null ? null : 'waiting');
    return this.changed(turn, { id, meaning, code, slot, fate: shown });
  }

  /** Says that an operator's choices or reservations changed. */
  async changed(
    { transaction, account, now, told }: Pick<ScanTurn, 'transaction' | 'account' | 'now' | 'told'>,
    scan: ScanChange['scan'] = null,
  ): Promise<ScanChange> {
    const change = { ...(await this.states.of(transaction, account, now)), scan };
    told.push(await this.events.append(transaction, 'scan.changed', change));
    return change;
  }
}
