'use client';
import type { Share } from '@boardwalk/contracts';
import { useQuery } from '@tanstack/react-query';
import type { Session } from '../session.ts';

/** Boards of an order that passed at their first attempt, read again after each end of a run; null: not known, or not for this person. */
export function useFirstPass(
  { api, may }: Session,
  order: string | null,
  lastEnd: string | null,
): Share | null {
  const { data } = useQuery({
    queryKey: ['reports/yield', order, lastEnd],
    queryFn: () =>
      api.get<{ total: { firstPass: Share } }>(`/reports/yield?workOrder=${encodeURIComponent(order!)}`),
    placeholderData: (before) => before,
    enabled: order !== null && may('report'),
  });
  return order === null ? null : (data?.total.firstPass ?? null);
}
