import type { OpenShift, SlotOpening } from '@boardwalk/contracts';
import { judgeOpening, type Fixture } from '@boardwalk/work';
import { Inject, Injectable } from '@nestjs/common';
import type { Reader } from '../persistence/database.ts';
import { IDENTITY } from '../settings/tokens.ts';
import type { StationIdentity } from '../status/station-identity.ts';
import { latestChecks, type CheckedRun } from '../store/runs/latest-checks.ts';
import { calledShift, PlantShifts } from './plant-shifts.ts';

/** A slot with what is on its port. */
export interface OpeningSlot {
  readonly name: string;
  readonly portPath: string;
  readonly probeSerial: string | null;
}

/** A recipe revision and the reference boards that it asks for. */
export interface OpeningRecipe {
  readonly name: string;
  readonly revision: number;
  readonly openShift?: OpenShift | undefined;
}

/**
 * Whether golden and known-bad boards have opened slots for the shift that is on. Nothing else is stored than their runs, so
 * that a mark that is taken away, a restart and a restore need no work of their own.
 */
@Injectable()
export class SlotOpenings {
  constructor(
    private readonly shifts: PlantShifts,
    @Inject(IDENTITY) private readonly identity: Pick<StationIdentity, 'bench'>,
  ) {}

  /** Why a slot may not run a recipe yet, and what to do next; null: it may. One statement, where the recipe asks. */
  async barOf(reader: Reader, slot: OpeningSlot, recipe: OpeningRecipe, now: string): Promise<string | null> {
    if (!asks(recipe)) return null;
    const [opening] = await this.of(reader, [slot], [recipe], now);
    return opening!.open ? null : `${opening!.detail} ${opening!.remedy}`;
  }

  /** Each slot with each recipe that asks, the slots in the order given. */
  async of(
    reader: Reader,
    slots: readonly OpeningSlot[],
    recipes: readonly OpeningRecipe[],
    now: string,
  ): Promise<SlotOpening[]> {
    const asking = recipes.filter(asks);
    const places = slots.flatMap((slot) => asking.map((recipe) => ({ slot, recipe })));
    if (places.length === 0) return [];
    const named = places.map(({ slot, recipe: { name, revision } }) => ({
      ...{ slot: slot.name, recipe: name, revision },
    }));
    const runs = await latestChecks(reader, named);
    return places.map((place) => this.#judged(place, runs, now));
  }

  #judged(
    { slot, recipe }: { readonly slot: OpeningSlot; readonly recipe: OpeningRecipe },
    all: readonly CheckedRun[],
    now: string,
  ): SlotOpening {
    const { name: recipeName, revision, openShift = 'none' } = recipe;
    const { name, portPath, probeSerial } = slot;
    const fixture: Fixture = { portPath, probeSerial, virtual: this.identity.bench === 'virtual' };
    const { key, from, to } = this.shifts.periodAt(now);
    const runs = all.filter(
      (run) => run.slot === name && run.recipe === recipeName && run.revision === revision,
    );
    const of = { name: recipeName, revision };
    const shift = calledShift(key);
    const judged = judgeOpening({ slot: name, recipe: of, openShift, shift, from, to, fixture, runs });
    return { slot: name, recipe: of, shift: key, from, to, ...judged, checks: [...judged.checks] };
  }
}

/** The recipe asks for reference boards. */
export function asks({ openShift = 'none' }: OpeningRecipe): boolean {
  return openShift !== 'none';
}
