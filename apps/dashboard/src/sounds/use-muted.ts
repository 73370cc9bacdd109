'use client';
import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const keyOf = (account: string): string => `boardwalk-muted:${account}`;
const isMuted = (account: string): boolean => window.localStorage.getItem(keyOf(account)) !== null;

/** Turns the sounds of a person in this browser off, or on again. */
export function toggleMuted(account: string): void {
  if (isMuted(account)) window.localStorage.removeItem(keyOf(account));
  else window.localStorage.setItem(keyOf(account), 'yes');
  for (const listener of listeners) listener();
}

/** Whether a person has turned the sounds off. */
export function useMuted(account: string): boolean {
  const subscribe = useCallback((listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return useSyncExternalStore(
    subscribe,
    () => isMuted(account),
    () => false,
  );
}
