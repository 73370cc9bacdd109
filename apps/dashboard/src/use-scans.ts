'use client';
import type { ScanResult } from '@boardwalk/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { loggedInScan, refusedScan, shownOf, type ScanShown } from './scan-look.ts';
import type { Session } from './session.ts';
import { sentenceOf } from './station-api.ts';

/** The command that ends the session at this page. */
const LOG_OUT = '%BW-LOGOUT';

/** Sends scans in the order they were read, each as whoever works here by then, and keeps what the last one meant. */
export function useScans(session: Session): {
  shown: ScanShown | null;
  waiting: number;
  scan: (code: string) => void;
} {
  const [shown, setShown] = useState<ScanShown | null>(null);
  const [waiting, setWaiting] = useState(0);
  const working = useRef(session);
  const last = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    working.current = session;
  }, [session]);

  const scan = useCallback((code: string) => {
    const send = async (): Promise<ScanShown> => {
      const { body } = await working.current.api.call<ScanResult>('/scans', {
        method: 'POST',
        body: { code },
      });
      if (body.meaning === 'command' && body.value === LOG_OUT) working.current.leave();
      if (body.meaning !== 'badge') return shownOf(body);
      const next = await working.current.takeOver(code.trim());
      working.current = next;
      return loggedInScan(next.me.account, next.me.role);
    };
    setWaiting((count) => count + 1);
    last.current = last.current
      .then(send)
      .catch((failure: unknown) => refusedScan(sentenceOf(failure)))
      .then((result) => {
        setShown(result);
        setWaiting((count) => count - 1);
      });
  }, []);
  return { shown, waiting, scan };
}
