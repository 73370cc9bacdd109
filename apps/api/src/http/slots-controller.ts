import type { Slot } from '@boardwalk/contracts';
import { Bench, type BenchSlot } from '@boardwalk/station';
import { Controller } from '@nestjs/common';
import { refused } from '../problems/problems.ts';
import type { TakenBy } from '../routes/row.ts';
import { SLOTS } from '../routes/slots.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

@Controller()
export class SlotsController {
  constructor(private readonly bench: Bench) {}

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
