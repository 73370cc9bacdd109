'use client';
import type { ScanState } from '@boardwalk/contracts';
import { useQuery } from '@tanstack/react-query';
import type { Session } from '../session.ts';

/** What this person has chosen by scans, as the station has it. `changed`: the event after which it is read again. */
export function useChoices({ api, me, may }: Session, changed: number): ScanState | null {
  const { data } = useQuery({
    queryKey: ['scans/current', me.account, changed],
    queryFn: () => api.get<ScanState>('/scans/current'),
    placeholderData: (before) => before,
    enabled: may('scan'),
  });
  return data ?? null;
}
