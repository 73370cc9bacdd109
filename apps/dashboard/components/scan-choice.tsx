'use client';
import type { ScanState } from '@boardwalk/contracts';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '../src/session.ts';

/** What this operator has chosen by scans, as the station has it: it is there after a reload too. */
export function ScanChoice({ changed }: { changed: number }) {
  const { api, me } = useSession();
  const { data } = useQuery({
    queryKey: ['scans/current', me.account, changed],
    queryFn: () => api.get<ScanState>('/scans/current'),
    placeholderData: (before) => before,
  });
  if (!data) return null;
  const { order, recipe, serialRule, slot, lot, reservations } = data;
  const parts = [
    order && `Work order ${order.id}: ${order.passed} of ${order.of} passed`,
    recipe && `Recipe ${recipe}`,
    serialRule,
    slot && `next board in slot ${slot}`,
    lot && `lot ${lot}`,
    ...reservations.map((kept) => `slot ${kept.slot} kept for ${kept.serial ?? 'its board'}`),
  ].filter(Boolean);
  return (
    <p className="px-4 pb-3 text-xl" data-testid="scan-choice">
      {parts.length === 0 ? 'Nothing is chosen. Scan a work order or a recipe.' : parts.join(' · ')}
    </p>
  );
}
