import { AsyncLocalStorage } from 'node:async_hooks';

/** Who asks, and why: what every change of the request is recorded with. */
export interface Caller {
  actor: string;
  role: string;
  reason: string | null;
}

/** What nobody asked for: boards put in, runs that end, rules that are due. */
export const STATION_ITSELF: Readonly<Caller> = { actor: 'station', role: 'station', reason: null };

const current = new AsyncLocalStorage<Caller>();

/** Runs a request's work as its caller; the guard fills in who that is once it knows. */
export function asCaller<Result>(caller: Caller, work: () => Result): Result {
  return current.run(caller, work);
}

/** The caller of the present request, or the station itself. Work handed to another's loop must carry it along. */
export function callerNow(): Readonly<Caller> {
  return current.getStore() ?? STATION_ITSELF;
}

/** Work of the station's own, whoever woke it. */
export function asStation<Result>(work: () => Result): Result {
  return current.exit(work);
}

/** The guard's part: names the caller of this request. */
export function nameCaller(actor: string, role: string): void {
  const caller = current.getStore();
  if (!caller) return;
  caller.actor = actor;
  caller.role = role;
}
