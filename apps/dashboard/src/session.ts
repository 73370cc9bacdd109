'use client';
import type { Me } from '@boardwalk/contracts';
import { createContext, useContext } from 'react';
import type { StationApi } from './station-api.ts';

/** Who works at this page, and the station as that person sees it. */
export interface Session {
  readonly token: string;
  readonly me: Me;
  readonly api: StationApi;
  /** Whether the role may; what it may not is not offered. */
  readonly may: (permission: string) => boolean;
  /** Opens the session of a scanned badge in place of this one. @throws Refusal */
  readonly takeOver: (badge: string) => Promise<Session>;
  /** Ends this session: the page asks who works here. */
  readonly leave: () => void;
}

export const SessionContext = createContext<Session | null>(null);

/** The session of this page; the frame shows no page without one. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('This is shown inside the frame only.');
  return session;
}
