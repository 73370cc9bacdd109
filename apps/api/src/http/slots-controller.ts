import type { Board, Slot } from '@boardwalk/contracts';
import { Bench, type BenchSlot } from '@boardwalk/station';
import { Controller } from '@nestjs/common';
import { BoardMarks } from '../boards/board-marks.ts';
import { Dispatcher } from '../jobs/dispatcher.ts';
import { ShownOpenings } from '../openings/shown-openings.ts';
import { refused } from '../problems/problems.ts';
import type { TakenBy } from '../routes/row.ts';
import { SLOTS } from '../routes/slots.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

@Controller()
export class SlotsController {
  constructor(
    private readonly bench: Bench,
    private readonly openings: ShownOpenings,
    private readonly marks: BoardMarks,
    private readonly dispatcher: Dispatcher,
  ) {}

  @Route(SLOTS.listSlots)
  listSlots() {
    return { data: this.bench.slots.map((slot) => slot.snapshot()), nextCursor: null };
  }

  @Route(SLOTS.getSlot)
  getSlot(@Taken() { params }: TakenBy<typeof SLOTS.getSlot>): Slot {
    return this.#slot(params.name).snapshot();
  }

  @Route(SLOTS.identifySlot)
  async identifySlot(@Taken() { params: { name } }: TakenBy<typeof SLOTS.identifySlot>) {
    return { slot: name, ...(await this.#slot(name).identify()) };
  }

  @Route(SLOTS.listOpenings)
  async listOpenings() {
    return { data: await this.openings.all(), nextCursor: null };
  }

  @Route(SLOTS.markBoardInSlot)
  async markBoardInSlot(@Taken() { params, body }: TakenBy<typeof SLOTS.markBoardInSlot>): Promise<Board> {
    const slot = this.#slot(params.name);
    if (!slot.snapshot().board) throw refused('slot-has-no-board', { slot: slot.name });
    const board = await this.marks.referenceInSlot(slot.name, slot.uid, body);
    this.dispatcher.dispatch();
    return board;
  }

  @Route(SLOTS.enableSlot)
  enableSlot(@Taken() { params }: TakenBy<typeof SLOTS.enableSlot>): Slot {
    const slot = this.#slot(params.name);
    slot.enable();
    return slot.snapshot();
  }

  @Route(SLOTS.disableSlot)
  disableSlot(@Taken() { params }: TakenBy<typeof SLOTS.disableSlot>): Slot {
    const slot = this.#slot(params.name);
    slot.disable();
    return slot.snapshot();
  }

  @Route(SLOTS.recoverSlot)
  async recoverSlot(@Taken() { params }: TakenBy<typeof SLOTS.recoverSlot>): Promise<Slot> {
    const slot = this.#slot(params.name);
    await slot.recover();
    return slot.snapshot();
  }

  #slot(name: string): BenchSlot {
    const slot = this.bench.slot(name);
    if (!slot) throw refused('not-found:slot', { name });
    return slot;
  }
}
