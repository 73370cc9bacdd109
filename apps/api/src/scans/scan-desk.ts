import type { Scan, ScanChange, ScanResult, ScanState } from '@boardwalk/contracts';
import { Bench } from '@boardwalk/station';
import {
  COMMAND_CODES,
  COMMAND_PREFIX,
  judgeSerial,
  nearForms,
  readCode,
  slotCode,
  type ReadCode,
} from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import { callerNow } from '../events/caller.ts';
import { EventLog } from '../events/event-log.ts';
import { BadgeDesk } from '../jobs/badge-desk.ts';
import { Dispatcher } from '../jobs/dispatcher.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import { RunBook } from '../runs/run-book.ts';
import { BoardScan } from './board-scan.ts';
import { knownNames, nearNames, type KnownNames } from './known-names.ts';
import { ReservationExpiry } from './reservation-expiry.ts';
import { liveReservations } from '../store/queue/live-reservations.ts';
import { Reservations } from './reservations.ts';
import { ScanClock } from './scan-clock.ts';
import { ScanCommands } from './scan-commands.ts';
import { ScanLedger } from './scan-ledger.ts';
import { ScanStates } from './scan-states.ts';
import { refusal, type ScanOutcome, type ScanTurn } from './scan-turn.ts';
import { ruleOf } from './serial-rules.ts';
import { slotFacts } from './slot-facts.ts';
import { SourceScan } from './source-scan.ts';

/** What is known of a code before it is asked whether it is a badge. */
interface Known extends KnownNames {
  readonly near: readonly string[];
}

const BADGE: ScanResult = {
  meaning: 'badge',
  value: 'badge',
  message: 'This is a badge; no board was started.',
  jobId: null,
  slot: null,
};

/**
 * What an operator's scanner read. An order or a recipe says what is made from now on, a command does what it says, and
 * any other code is a board's: its serial gets one slot. Each scan is one transaction, so that the same code scanned
 * twice at once is one board; what was chosen is stored with it.
 */
@Injectable()
export class ScanDesk {
  constructor(
    private readonly badges: BadgeDesk,
    private readonly bench: Bench,
    private readonly database: Database,
    private readonly runs: RunBook,
    private readonly events: EventLog,
    private readonly dispatcher: Dispatcher,
    private readonly clock: ScanClock,
    private readonly reservations: Reservations,
    private readonly expiry: ReservationExpiry,
    private readonly states: ScanStates,
    private readonly ledger: ScanLedger,
    private readonly sources: SourceScan,
    private readonly boards: BoardScan,
    private readonly commands: ScanCommands,
  ) {}

  async scan({ code, slot }: Scan): Promise<ScanResult> {
    const { actor } = callerNow();
    const read = readCode(code);
    // A command is never a badge.
    if (read.kind === 'command')
      return this.#turn(actor, (turn) => this.commands.run(turn, read.command, read.text));
    const known = await this.#known(read.text);
    const expected = await this.#expected(actor, read, known);
    // Asked before anything is stored: a secret must not end up as a board's serial in the record.
    if (await this.badges.isBadge({ code: read.text, expected }, actor)) return BADGE;
    return this.#turn(actor, (turn) => this.#meaning(turn, read, known, slot ?? null));
  }

  /** What this operator has chosen, and what is expected next. */
  current(): Promise<ScanState> {
    return this.states.of(this.database, callerNow().actor, this.clock.iso());
  }

  async #known(text: string): Promise<Known> {
    const names = await knownNames(this.database, text);
    if (text === '' || names.order || names.recipe) return { ...names, near: [] };
    const codes = [...COMMAND_CODES, ...this.bench.slots.map(({ name }) => slotCode(name))];
    const near = await nearNames(this.database, text, codes);
    const prefix = COMMAND_PREFIX.toLowerCase();
    const looksLike = !text.startsWith(COMMAND_PREFIX) && near.length === 0;
    const command = looksLike && nearForms(text).some((form) => form.startsWith(prefix));
    return { ...names, near: command ? [`${COMMAND_PREFIX}…`] : near };
  }

  /** Whether the code has a meaning of its own, so that it is no guess at a badge. */
  async #expected(actor: string, read: ReadCode, { order, recipe, near }: Known): Promise<boolean> {
    if (order || recipe || near.length > 0) return true;
    const rule = await ruleOf(this.database, await this.states.choiceOf(this.database, actor));
    const ruled = rule.rule !== null || rule.range !== null;
    if (ruled && 'serial' in judgeSerial(read, rule)) return true;
    return this.runs.knows(read.text);
  }

  async #meaning(turn: ScanTurn, read: ReadCode, known: Known, slot: string | null): Promise<ScanOutcome> {
    const { text } = read;
    if (known.order && known.recipe) {
      const message = `${text} is a work order and a recipe; nothing was chosen. Rename one of them.`;
      return refusal(text, message, text, { meaning: 'unknown' });
    }
    if (known.order) return this.sources.order(turn, text);
    if (known.recipe) return this.sources.recipe(turn, text);
    if (known.near.length > 0) return this.sources.offer(turn, text, known.near);
    if (read.kind === 'refused') {
      const outcome = refusal(text, read.message, null);
      // A command that there is not was no board's code.
      const kept = { code: text, fate: null, reason: read.message };
      return text.startsWith(COMMAND_PREFIX) ? { ...outcome, kept } : outcome;
    }
    return this.boards.scanned(turn, read, slot);
  }

  /** One scan in one transaction: what it leads to, its row, its event and the operator's choices. */
  async #turn(account: string, work: (turn: ScanTurn) => Promise<ScanOutcome>): Promise<ScanResult> {
    const { outcome, state, told } = await this.database.commit(async (transaction) => {
      const turn = await this.#begin(transaction, account);
      const outcome = await work(turn);
      return { outcome, state: await this.ledger.keep(turn, outcome), told: turn.told };
    });
    this.events.publish(...told);
    if (outcome.jobId !== undefined) this.bench.slot(outcome.slot ?? '')?.clearLast();
    await this.reservations.show(this.database, this.clock.iso());
    this.dispatcher.dispatch();
    return answerOf(outcome, state);
  }

  async #begin(transaction: Transaction, account: string): Promise<ScanTurn> {
    const now = this.clock.iso();
    const told = await this.expiry.expire(transaction, now);
    const reserved = new Map(
      (await liveReservations(transaction, now)).map(({ slot, serial }) => [slot, serial]),
    );
    const slots = await slotFacts(transaction, this.bench.slots, reserved);
    const choice = await this.states.choiceOf(transaction, account);
    return { transaction, account, now, choice, slots, told };
  }
}

function answerOf(outcome: ScanOutcome, { order, expects }: ScanChange): ScanResult {
  const { meaning, value, message, jobId = null, slot = null, reservedUntil = null } = outcome;
  return { meaning, value, message, jobId, slot, expects, order, reservedUntil };
}
