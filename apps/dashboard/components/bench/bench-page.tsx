'use client';
import { useEffect, useState } from 'react';
import { useClock } from '../../src/facts/use-clock.ts';
import { useFirstPass } from '../../src/facts/use-first-pass.ts';
import { useScansHere } from '../../src/scan/scans-context.ts';
import { useChoices } from '../../src/scan/use-choices.ts';
import { useSession } from '../../src/session.ts';
import { toggleMuted, useMuted } from '../../src/sounds/use-muted.ts';
import { useSounds } from '../../src/sounds/use-sounds.ts';
import type { BenchSight } from '../../src/strip/bench-sight.ts';
import { tileOf } from '../../src/tiles/tile-of.ts';
import { useBench, type Connection } from '../../src/use-bench.ts';
import { NAMES } from '../../src/words/language.ts';
import { message, type PlainKey } from '../../src/words/message.ts';
import { useWords } from '../../src/words/use-words.ts';
import { BenchGrid } from './bench-grid.tsx';
import { Clock } from './clock.tsx';
import { CodeField } from './code-field.tsx';
import { Figures } from './figures.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { LastEnds } from './last-ends.tsx';
import { MuteButton } from './mute-button.tsx';
import { OpenJobs } from './open-jobs.tsx';
import { SlotSheet } from './slot-sheet.tsx';
import { Strip } from './strip.tsx';

const CONNECTION: Readonly<Record<Connection, PlainKey>> = {
  connecting: 'linkConnecting',
  live: 'linkLive',
  reconnecting: 'linkLost',
};

export function BenchPage() {
  const session = useSession();
  const { role, account } = session.me;
  const { state, connection, lostAt } = useBench(session);
  const { minute, timeZone } = useClock(session);
  const { language, choose, worded } = useWords(account, timeZone);
  const muted = useMuted(account);
  const [opened, setOpened] = useState<string | null>(null);
  const scans = useScansHere();
  const live = connection === 'live';
  // The answer to a scan is on the strip, which a sheet covers.
  useEffect(() => setOpened(null), [scans?.shown]);
  const bench: BenchSight = {
    link: live ? { live } : { live, since: lostAt },
    wrong: scans?.wrong ?? null,
    places: state.slots.map((slot) => ({ slot, tile: tileOf(slot, { live, role }) })),
    scans: useChoices(session, state.lastScanEvent),
    operator: session.may('scan'),
  };
  useSounds(bench, muted);
  const order = bench.scans?.order ?? null;
  const firstPass = useFirstPass(session, order?.id ?? null, state.ends[0]?.runId ?? null);
  const place = bench.places.find(({ slot }) => slot.name === opened);
  return (
    <main lang={NAMES[language].tag} className="flex min-h-0 flex-1 flex-col">
      <Strip
        bench={bench}
        worded={worded}
        figures={<Figures order={order} firstPass={firstPass} muted={muted} worded={worded} />}
      />
      <BenchGrid places={bench.places} worded={worded} open={setOpened} />
      <div className="flex flex-wrap items-center gap-x-4 px-4 pb-1">
        <div className="flex min-w-0 flex-1 basis-96 gap-4">
          <LastEnds ends={state.ends} worded={worded} />
          {session.may('steer-jobs') && <OpenJobs jobs={state.jobs} worded={worded} />}
        </div>
        <span className="text-lg font-semibold">
          {worded(message(CONNECTION[connection]))} <Clock minute={minute} timeZone={timeZone} />
        </span>
        <MuteButton muted={muted} toggle={() => toggleMuted(account)} worded={worded} />
        {scans && <CodeField worded={worded} scan={scans.scan} />}
        <LanguageSwitch language={language} choose={choose} worded={worded} />
      </div>
      {place && <SlotSheet place={place} role={role} worded={worded} close={() => setOpened(null)} />}
    </main>
  );
}
