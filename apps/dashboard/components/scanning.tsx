'use client';
import { usePathname, useRouter } from 'next/navigation';
import { useCallback, type ReactNode } from 'react';
import type { Caught } from '../src/scan/catcher.ts';
import { ScansContext } from '../src/scan/scans-context.ts';
import { useCatcher } from '../src/scan/use-catcher.ts';
import { useScans } from '../src/scan/use-scans.ts';
import { useSession } from '../src/session.ts';
import { message } from '../src/words/message.ts';

const BENCH = '/';

/** Around every page of a person who scans: a scan goes to the bench from wherever it is read. */
export function Scanning({ children }: { children: ReactNode }) {
  const scans = useScans(useSession());
  const { scan, refuse } = scans;
  const router = useRouter();
  const path = usePathname();
  const tell = useCallback(
    (caught: Caught) => {
      const { kind } = caught;
      if (kind === 'code') scan(caught.code);
      else if (kind === 'mixed') refuse(message('scanMixed'));
      else if (kind === 'unended' && caught.where === 'page') refuse(message('scanUnended'));
      else return;
      if (path !== BENCH) router.push(BENCH);
    },
    [scan, refuse, router, path],
  );
  useCatcher(tell);
  return <ScansContext value={scans}>{children}</ScansContext>;
}
