'use client';
import type { Job, RunProgressEvent, Slot, StationEvent, StationStatus } from '@boardwalk/contracts';
import { useEffect, useRef, useState } from 'react';
import { io } from 'socket.io-client';
import { afterEvent, afterProgress, EMPTY_BENCH, type BenchState } from './bench-state.ts';

export type Connection = 'connecting' | 'live' | 'reconnecting' | 'refused';

/** Every committed event type that the station sends. */
const EVENT_TYPES: readonly StationEvent['type'][] = [
  'slot.changed',
  'probe.connected',
  'probe.lost',
  'probe.quarantined',
  'probe.recovered',
  'job.created',
  'job.changed',
  'job.completed',
  'run.started',
  'run.step',
  'run.completed',
  'identity.finding',
  'station.changed',
];

const STATUS_MS = 3000;

/** The bench, live: a snapshot by REST, then every event since, across restarts of the station. */
export function useBench(token: string | null): { state: BenchState; connection: Connection } {
  const [state, setState] = useState<BenchState>(EMPTY_BENCH);
  const [connection, setConnection] = useState<Connection>('connecting');
  const queue = useRef<((state: BenchState) => BenchState)[]>([]);

  useEffect(() => {
    if (!token) return undefined;
    const socket = io('/live', { path: '/api/ws', auth: { token }, transports: ['websocket', 'polling'] });
    const apply = (change: (state: BenchState) => BenchState): void => {
      queue.current.push(change);
      if (queue.current.length === 1) {
        requestAnimationFrame(() => {
          const changes = queue.current.splice(0);
          setState((before) => changes.reduce((current, each) => each(current), before));
        });
      }
    };
    // A reconnect begins from a fresh snapshot: what was shown before may be of a station that restarted.
    const begin = async (): Promise<void> => {
      try {
        const snapshot = await readSnapshot(token);
        setState(snapshot);
        socket.emit('subscribe', { after: snapshot.lastEventId });
        setConnection('live');
      } catch (cause) {
        if (cause instanceof Refused) setConnection('refused');
        else setTimeout(() => void begin(), 1000);
      }
    };
    socket.on('connect', () => void begin());
    socket.on('disconnect', () => setConnection('reconnecting'));
    for (const type of EVENT_TYPES)
      socket.on(type, (event: StationEvent) => apply((current) => afterEvent(current, event)));
    socket.on('run.progress', (event: RunProgressEvent) => apply((current) => afterProgress(current, event)));
    // Asked beside the log: when the station cannot store anything, no event can say so.
    const clock = setInterval(() => {
      void readJson<StationStatus>(token, '/station').then(
        (station) => apply((current) => ({ ...current, station })),
        () => undefined,
      );
    }, STATUS_MS);
    return () => {
      clearInterval(clock);
      socket.close();
    };
  }, [token]);

  return { state, connection };
}

class Refused extends Error {}

async function readJson<Body>(token: string, path: string): Promise<Body> {
  const answer = await fetch(`/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
  if (answer.status === 401) throw new Refused();
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as Body;
}

async function readSnapshot(token: string): Promise<BenchState> {
  const get = <Body>(path: string): Promise<Body> => readJson<Body>(token, path);
  // The place in the log is read first: an event between it and the snapshot is applied twice, which is harmless.
  const { lastEventId } = await get<{ lastEventId: number }>('/station/place');
  const [station, slots, running, queued] = await Promise.all([
    get<StationStatus>('/station'),
    get<{ data: Slot[] }>('/slots'),
    get<{ data: Job[] }>('/jobs?state=running&limit=20'),
    get<{ data: Job[] }>('/jobs?state=queued&limit=20'),
  ]);
  return { station, slots: slots.data, jobs: [...running.data, ...queued.data], lastEventId };
}
