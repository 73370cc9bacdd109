'use client';
import type { Me, OpenSession, Session as Opened } from '@boardwalk/contracts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import '../src/without-eval.ts';
import { SessionContext, type Session } from '../src/session.ts';
import { Refusal, StationApi } from '../src/station-api.ts';
import { dropToken, keepToken, takeToken } from '../src/token.ts';
import { useStation } from '../src/use-station.ts';
import { Banner } from './banner.tsx';
import { Login } from './login.tsx';
import { Scanning } from './scanning.tsx';

const RETRY_MS = 1000;
const PAGES = [
  { href: '/', name: 'Bench' },
  { href: '/recipes', name: 'Recipes' },
  { href: '/help/identity', name: 'How we judge' },
] as const;

/** Around every page: who works here, what bench this is, and the way to the other pages. */
export function Frame({ children }: { children: ReactNode }) {
  const [queries] = useState(() => new QueryClient());
  const [known, setKnown] = useState<{ token: string; me: Me } | null>(null);
  const [asking, setAsking] = useState(true);
  const [said, setSaid] = useState<string | null>(null);
  // The token in use: a late refusal of the one before must not end the session that took over.
  const current = useRef<string | null>(null);

  const leave = useCallback(
    (why: string | null) => {
      current.current = null;
      dropToken();
      queries.clear();
      setKnown(null);
      setSaid(why);
    },
    [queries],
  );
  const apiOf = useCallback(
    (token: string) =>
      new StationApi(token, (refusal) => {
        if (current.current === token) leave(refusal.message);
      }),
    [leave],
  );
  const enter = useCallback(async (token: string): Promise<Me> => {
    const me = await new StationApi(token).get<Me>('/sessions/current');
    keepToken(token);
    current.current = token;
    setKnown({ token, me });
    setSaid(null);
    return me;
  }, []);
  const open = useCallback(
    async (login: OpenSession) => {
      const { body } = await new StationApi(null).call<Opened>('/sessions', { method: 'POST', body: login });
      return { token: body.token, me: await enter(body.token) };
    },
    [enter],
  );

  useEffect(() => {
    const begin = (): void => {
      const token = takeToken();
      if (!token) return setAsking(false);
      enter(token).then(
        () => setAsking(false),
        (failure: unknown) => {
          if (!(failure instanceof Refusal)) return void setTimeout(begin, RETRY_MS);
          leave(failure.message);
          setAsking(false);
        },
      );
    };
    begin();
    // A printed link that is opened in a page which is open already changes the fragment alone.
    window.addEventListener('hashchange', begin);
    return () => window.removeEventListener('hashchange', begin);
  }, [enter, leave]);

  const session = useMemo(() => {
    const sessionOf = ({ token, me }: { token: string; me: Me }): Session => ({
      token,
      me,
      api: apiOf(token),
      may: (permission) => me.may.includes(permission),
      takeOver: async (badge) => {
        const next = await open({ badge });
        await end(token);
        return sessionOf(next);
      },
      leave: () => {
        current.current = null;
        void end(token).then(() => leave(null));
      },
    });
    return known && sessionOf(known);
  }, [known, apiOf, open, leave]);
  const { status, bench } = useStation(session?.api ?? null);

  return (
    <QueryClientProvider client={queries}>
      <Banner bench={bench} status={status} />
      {session ? (
        <SessionContext value={session}>
          <Header station={status?.station ?? ''} session={session} onLeave={session.leave} />
          {session.may('scan') ? <Scanning>{children}</Scanning> : children}
        </SessionContext>
      ) : asking ? (
        <p className="p-8 text-xl">Asking the station …</p>
      ) : (
        <Login
          key={said}
          said={said}
          onLogin={async (login) => void (await open(login))}
          onToken={async (token) => void (await enter(token))}
        />
      )}
    </QueryClientProvider>
  );
}

/** Ends a login. The start token and an account's own token are none, and hold on. */
async function end(token: string): Promise<void> {
  await new StationApi(token).call('/sessions/current', { method: 'DELETE' }).catch(() => undefined);
}

function Header({ station, session, onLeave }: { station: string; session: Session; onLeave: () => void }) {
  const path = usePathname();
  return (
    <header className="flex flex-wrap items-center gap-x-6 gap-y-1 px-4 pt-1 text-lg">
      <h1 className="text-2xl font-bold">Boardwalk</h1>
      <span className="text-slate-700 dark:text-slate-300">{station}</span>
      <nav aria-label="pages" className="flex gap-2">
        {PAGES.map(({ href, name }) => (
          <Link
            key={href}
            href={href}
            prefetch={path === '/' ? false : null}
            aria-current={path === href ? 'page' : undefined}
            className="flex min-h-11 items-center rounded px-3 font-semibold underline underline-offset-4 aria-[current=page]:bg-slate-900 aria-[current=page]:text-white aria-[current=page]:no-underline dark:aria-[current=page]:bg-slate-100 dark:aria-[current=page]:text-slate-900"
          >
            {name}
          </Link>
        ))}
      </nav>
      <p className="ml-auto text-xl" data-testid="who">
        <b>{session.me.account}</b> · {session.me.role}
      </p>
      <button
        type="button"
        onClick={onLeave}
        className="rounded border-2 border-slate-600 min-h-11 px-4 font-semibold dark:border-slate-400"
      >
        Log out
      </button>
    </header>
  );
}
