'use client';
import type { StationStatus } from '@boardwalk/contracts';
import { useEffect, useState } from 'react';
import type { StationApi } from './station-api.ts';

const STATUS_MS = 3000;

/**
 * The station's status, asked beside the event log: when nothing can be stored no event can say so, and when the
 * session ended the next question finds out. Which bench it is stands on every answer, also to whoever is not let in.
 */
export function useStation(api: StationApi | null) {
  const [status, setStatus] = useState<StationStatus | null>(null);
  const [bench, setBench] = useState<string | null>(null);
  useEffect(() => {
    fetch('/healthz').then(
      ({ headers }) => setBench(headers.get('boardwalk-bench')),
      () => undefined,
    );
  }, []);
  useEffect(() => {
    if (!api) return setStatus(null);
    const ask = (): void => {
      api.get<StationStatus>('/station').then(
        (answer) => {
          setStatus(answer);
          setBench(answer.bench);
        },
        // Not reached, or no longer let in: the page says so elsewhere, and what was known stays.
        () => undefined,
      );
    };
    ask();
    const clock = setInterval(ask, STATUS_MS);
    return () => clearInterval(clock);
  }, [api]);
  return { status, bench };
}
