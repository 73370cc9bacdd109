'use client';
import type { ScanResult } from '@boardwalk/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Session } from '../session.ts';
import { toggleMuted } from '../sounds/use-muted.ts';
import { sentenceOf } from '../station-api.ts';
import type { WrongCode } from '../strip/bench-sight.ts';
import { asIs, type Message } from '../words/message.ts';
import { loggedInScan, notDone, shownOf, type ScanShown } from './scan-look.ts';

/** The commands that are for the page. */
const COMMANDS: Readonly<Record<string, (session: Session) => void>> = {
  '%BW-LOGOUT': ({ leave }) => leave(),
  '%BW-MUTE': ({ me }) => toggleMuted(me.account),
};
/** A wrong code is said so long; then the strip says again what is to be done. */
const WRONG_MS = 12_000;

export interface Scans {
  readonly shown: ScanShown | null;
  readonly wrong: WrongCode | null;
  /** Codes whose answer is not there yet. */
  readonly waiting: number;
  readonly scan: (code: string) => void;
  /** Says why a scan came to nothing before it was sent. */
  readonly refuse: (why: Message) => void;
}

/** Sends scans in the order they were read, each as who works here by then, and keeps the last answer. */
export function useScans(session: Session): Scans {
  const [shown, setShown] = useState<ScanShown | null>(null);
  const [wrong, setWrong] = useState<WrongCode | null>(null);
  const [waiting, setWaiting] = useState(0);
  const working = useRef(session);
  const last = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    working.current = session;
  }, [session]);
  useEffect(() => {
    if (wrong === null) return;
    const clock = setTimeout(() => setWrong(null), WRONG_MS);
    return () => clearTimeout(clock);
  }, [wrong]);

  const show = useCallback((answer: ScanShown) => {
    setShown(answer);
    setWrong(answer.wrong);
  }, []);
  const scan = useCallback(
    (code: string) => {
      setWaiting((count) => count + 1);
      last.current = last.current
        .then(() => send(code, working))
        .catch((failure: unknown) => notDone(asIs(sentenceOf(failure))))
        .then((answer) => {
          show(answer);
          setWaiting((count) => count - 1);
        });
    },
    [show],
  );
  const refuse = useCallback((why: Message) => show(notDone(why)), [show]);
  return { shown, wrong, waiting, scan, refuse };
}

async function send(code: string, working: { current: Session }): Promise<ScanShown> {
  const { api, takeOver } = working.current;
  const { body } = await api.call<ScanResult>('/scans', { method: 'POST', body: { code } });
  if (body.meaning === 'command') COMMANDS[body.value]?.(working.current);
  if (body.meaning !== 'badge') return shownOf(body);
  const next = await takeOver(code.trim());
  working.current = next;
  return loggedInScan(next.me.account, next.me.role);
}
