import {
  doneSentence,
  judgeSerial,
  serialPlaceSentence,
  placeSerial,
  slotsInWords,
  type ReadCode,
} from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import { nameOf, serialWork } from '../jobs/work-facts.ts';
import { serialPlaces } from '../store/queue/serial-places.ts';
import { Policy } from '../settings/policy.ts';
import { RunBook } from '../runs/run-book.ts';
import { asksFor, dropAsked, forgetAsked, settleScan } from './asked-serial.ts';
import { OrderRoom } from './order-room.ts';
import { Reservations } from './reservations.ts';
import { refusal, type ScanOutcome, type ScanTurn } from './scan-turn.ts';
import { ScanUnits } from './scan-units.ts';
import { StartCheck, type StartJudgement } from './start-check.ts';
import { isInList, ruleOf } from './serial-rules.ts';

/** The serial of a board, and how it came: by its own scan, or by one that was put off and now goes on. */
export interface Placing {
  readonly serial: string;
  readonly slot: string | null;
  /** The earlier scan of the serial that goes on; null: it is scanned now. */
  readonly scanId: number | null;
}

/** A scanned board: its serial gets one slot, once. */
@Injectable()
export class BoardScan {
  constructor(
    private readonly policy: Policy,
    private readonly runs: RunBook,
    private readonly room: OrderRoom,
    private readonly units: ScanUnits,
    private readonly check: StartCheck,
    private readonly reservations: Reservations,
  ) {}

  /** A code that names nothing else. `slot`: named with the code itself. */
  async scanned(turn: ScanTurn, read: ReadCode, slot: string | null): Promise<ScanOutcome> {
    const { transaction, choice } = turn;
    if (choice.workOrder === null && choice.recipe === null) return this.#withoutSource(read);
    const rule = await ruleOf(transaction, choice);
    const judged = judgeSerial(read, rule);
    if ('failed' in judged) return refusal(read.text, judged.message, null);
    const { serial } = judged;
    if (!(await isInList(transaction, rule, serial)))
      return refusal(serial, `"${serial}" is not in the list of serials "${rule.range!.name}".`, null);
    return this.place(turn, { serial, slot: slot ?? choice.slot, scanId: null });
  }

  async #withoutSource({ text }: ReadCode): Promise<ScanOutcome> {
    const first = 'scan a work order or a recipe first';
    if (await this.runs.knows(text))
      return refusal(text, `Board ${text} is in the record. To flash it, ${first}.`, text, {
        meaning: 'serial',
        serial: text,
      });
    const message = `Nothing here is called ${text}. To flash a board, ${first}.`;
    return refusal(text, message, null, { meaning: 'unknown' });
  }

  /** Gives a serial its slot: it starts there, or the slot is kept for it, or a person is asked. */
  async place(turn: ScanTurn, placing: Placing): Promise<ScanOutcome> {
    const { serial, slot } = placing;
    const { choice, slots } = turn;
    const elsewhere = await this.#elsewhere(turn, placing);
    if (elsewhere) {
      const { reason = null } = elsewhere.kept;
      if (placing.scanId !== null) await settleScan(turn, placing.scanId, { fate: 'refused', reason });
      return elsewhere;
    }
    const full = await this.room.barOf(turn, serial);
    if (full !== null) return this.#refused(turn, placing, full);
    const placed = placeSerial(slots, {
      ...{ serial, slot, again: choice.again !== null },
      order: this.policy.settings.scanOrder,
    });
    if (placed.kind === 'refuse') return this.#refused(turn, placing, placed.message);
    if (placed.kind === 'ask') return this.#ask(turn, placing, placed.slots);
    return this.#start(turn, placing, placed.slot, placed);
  }

  /** Where the serial is already, or when its board passed; null: nowhere, and it has not. */
  async #elsewhere(turn: ScanTurn, { serial, scanId }: Placing): Promise<ScanOutcome | null> {
    const { transaction, choice, now } = turn;
    const place = (await serialPlaces(transaction, [serial])).get(serial);
    const seen = (message: string, slot: string | null): ScanOutcome =>
      refusal(serial, message, serial, { meaning: 'serial', slot, serial });
    if (place)
      return seen(
        place.slot === null ? serialPlaceSentence(serial, place) : `${serial} is in slot ${place.slot}.`,
        place.slot,
      );
    if (choice.asks === 'slot' && choice.serial === serial && scanId === null)
      return seen(`${serial} needs its slot: scan the code of the slot.`, null);
    if (choice.again !== null) return null;
    const chosen = await this.units.chosen(turn);
    // Why it may not run is said when its job is made.
    if ('refused' in chosen) return null;
    const { work } = chosen;
    const { passedAt } = (await serialWork(transaction, [serial], work))(serial);
    if (passedAt === null) return null;
    // *Again* after this is for this serial.
    await dropAsked(turn, 'Another board was scanned.');
    asksFor(turn, 'again', serial, scanId);
    return seen(doneSentence(serial, nameOf(work), passedAt, now), null);
  }

  async #ask(turn: ScanTurn, placing: Placing, slots: readonly string[]): Promise<ScanOutcome> {
    const { serial } = placing;
    const message = `Which slot is ${serial} in? ${inWords(slots)} have boards: scan the code of the slot.`;
    if (placing.scanId === null) await dropAsked(turn, 'Another board was scanned.');
    asksFor(turn, 'slot', serial, placing.scanId);
    if (placing.scanId !== null) await settleScan(turn, placing.scanId, { fate: 'waiting' });
    const fate = placing.scanId === null ? ('waiting' as const) : null;
    return { meaning: 'serial', value: serial, message, kept: { code: serial, serial, fate } };
  }

  async #start(
    turn: ScanTurn,
    placing: Placing,
    slot: string,
    how: { kind: 'starts' | 'reserve'; takeOut?: boolean },
  ): Promise<ScanOutcome> {
    const { transaction, choice, account } = turn;
    const { serial, scanId } = placing;
    const again = choice.again === null ? {} : { again: choice.again };
    const starts = how.kind === 'starts';
    const judged: StartJudgement = starts
      ? await this.check.judge(turn, slot, serial)
      : await this.check.judgeEmpty(turn, slot, serial);
    if (judged.kind === 'wait') return this.#refused(turn, placing, judged.sentence);
    const job = await this.units.store(turn, [{ serial, slot, ...again }]);
    if ('refused' in job) return this.#refused(turn, placing, job.refused);
    const [unitId] = job.unitIds as [number];
    const takeOut = how.takeOut === true;
    const until = await this.reservations.make(transaction, { slot, unitId, serial, account }, takeOut);
    if (scanId === null) await dropAsked(turn, 'Another board was scanned.');
    else await settleScan(turn, scanId, { unitId, slot, fate: null });
    forgetAsked(turn);
    Object.assign(choice, { slot: null, again: null });
    const own = turn.slots.find(({ name }) => name === slot)?.serial === serial;
    // The claim holds or refuses it, so that the record says why; the operator hears it now.
    const goes = judged.kind === 'go';
    return {
      ...{ meaning: goes ? 'serial' : 'refused', value: serial, jobId: job.jobId, slot },
      message: goes
        ? starts
          ? `Board ${serial} starts in slot ${slot}.`
          : putIn(serial, slot, takeOut, own)
        : judged.sentence,
      reservedUntil: starts ? null : until,
      kept: { code: serial, serial, unitId: scanId === null ? unitId : null, fate: null },
    };
  }

  async #refused(turn: ScanTurn, { serial, scanId }: Placing, message: string): Promise<ScanOutcome> {
    if (scanId !== null) {
      await settleScan(turn, scanId, { fate: 'refused', reason: message });
      forgetAsked(turn);
    }
    // A slot that was named for this board is not the next board's.
    turn.choice.slot = null;
    return refusal(serial, message, serial, { serial });
  }
}

function putIn(serial: string, slot: string, takeOut: boolean, own: boolean): string {
  if (takeOut && own)
    return `Slot ${slot}: take ${serial} out and put it in again, or scan %BW-AGAIN to run it where it is.`;
  return takeOut
    ? `Slot ${slot}: take out the board that is done, then put in ${serial}.`
    : `Slot ${slot}: put in ${serial}.`;
}

function inWords(slots: readonly string[]): string {
  const words = slotsInWords(slots);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
