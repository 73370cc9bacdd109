import type { SlotOpening } from '@boardwalk/contracts';
import { Bench, type BenchSlot } from '@boardwalk/station';
import { Injectable } from '@nestjs/common';
import { Database } from '../persistence/database.ts';
import { recipesToOpen } from '../store/queue/recipes-to-open.ts';
import { SlotOpenings, type OpeningSlot } from './slot-openings.ts';

/** What the slots show of the shift: for the work that waits, which of them golden and known-bad boards must open. */
@Injectable()
export class ShownOpenings {
  constructor(
    private readonly bench: Bench,
    private readonly database: Database,
    private readonly openings: SlotOpenings,
  ) {}

  /** Every slot with every recipe of the work that waits and asks for reference boards. */
  async all(): Promise<SlotOpening[]> {
    const now = new Date().toISOString();
    const recipes = await recipesToOpen(this.database, now);
    return this.openings.of(this.database, this.bench.slots.map(openingSlot), recipes, now);
  }

  /** Each slot shows the most urgent recipe for which it is not open. */
  async show(): Promise<void> {
    const closed = (await this.all()).filter(({ open }) => !open);
    for (const slot of this.bench.slots) {
      slot.setOpening(closed.find((opening) => opening.slot === slot.name) ?? null);
    }
  }
}

/** A slot as its runs are recorded. */
export function openingSlot(slot: BenchSlot): OpeningSlot {
  const { name, portPath } = slot;
  return { name, portPath, probeSerial: slot.snapshot().probe?.serial ?? null };
}
