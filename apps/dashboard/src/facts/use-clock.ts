'use client';
import type { ShiftTable } from '@boardwalk/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Session } from '../session.ts';

/** Often enough that the minute of the clock is right. */
const LOOK_MS = 1000;

/** The wall clock of the plant, and its zone. The zone is this browser's until the station has said its own. */
export function useClock({ api }: Session): { readonly minute: Date; readonly timeZone: string | undefined } {
  const [minute, setMinute] = useState(thisMinute);
  const { data } = useQuery({
    queryKey: ['station/shifts'],
    queryFn: () => api.get<ShiftTable>('/station/shifts'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    const clock = setInterval(() => setMinute((before) => sameOr(before, thisMinute())), LOOK_MS);
    return () => clearInterval(clock);
  }, []);
  return { minute, timeZone: data?.timeZone };
}

const thisMinute = (): Date => new Date(Math.floor(Date.now() / 60_000) * 60_000);
const sameOr = (before: Date, now: Date): Date => (before.getTime() === now.getTime() ? before : now);
