import type { BenchSlot } from '@boardwalk/station';
import type { SlotFacts } from '@boardwalk/work';
import type { Transaction } from '../persistence/database.ts';

/** Why a slot in a state takes no board. */
const OUT: Readonly<Record<string, string>> = {
  disabled: 'it is disabled',
  'no-probe': 'it has no probe',
  quarantined: 'its probe is set aside',
  'low-voltage': 'its target has too few volts',
};

/** The slots of the bench as a scan sees them. `reserved`: slot → the serial that it is kept for. */
export async function slotFacts(
  transaction: Transaction,
  slots: readonly BenchSlot[],
  reserved: ReadonlyMap<string, string>,
): Promise<SlotFacts[]> {
  const leases = await transaction.lease.findMany({ where: { runId: { not: '' } }, select: { slot: true } });
  const leased = new Set(leases.map(({ slot }) => slot));
  const facts: SlotFacts[] = [];
  for (const slot of slots) {
    const { board } = slot.snapshot();
    const why = OUT[slot.presence] ?? null;
    const use = why !== null ? 'out' : leased.has(slot.name) ? 'busy' : await useOf(transaction, slot);
    const reservedFor = reserved.get(slot.name) ?? null;
    facts.push({ name: slot.name, use, why, serial: board?.serial ?? null, reservedFor });
  }
  return facts;
}

async function useOf(transaction: Transaction, slot: BenchSlot): Promise<SlotFacts['use']> {
  const { presence } = slot;
  if (presence === 'running') return 'busy';
  if (presence === 'empty') return 'free';
  if (presence === 'done' || slot.ranThisInsertion) return 'done';
  return (await ranBefore(transaction, slot)) ? 'done' : 'fresh';
}

/**
 * Whether the board in a slot has been there since an earlier process of the station ran it: the first board that this
 * process saw in the slot, whose latest run was in it.
 */
async function ranBefore(transaction: Transaction, { insertion, uid, name }: BenchSlot): Promise<boolean> {
  if (insertion > 1 || uid === null) return false;
  const last = await transaction.run.findFirst({
    where: { uid, sequence: { not: null } },
    orderBy: { sequence: 'desc' },
    select: { slot: true },
  });
  return last?.slot === name;
}
