'use client';
import {
  EVENT_TYPES,
  LIVE_NAMESPACE,
  LIVE_PATH,
  type EventPlace,
  type Job,
  type LivePage,
  type LiveProblem,
  type Run,
  type RunProgressEvent,
  type Slot,
  type StationEvent,
} from '@boardwalk/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { io } from 'socket.io-client';
import { afterEvent, afterProgress, EMPTY_BENCH, type BenchState } from './bench-state.ts';
import { endsOf, SHOWN_ENDS } from './facts/run-ends.ts';
import type { Session } from './session.ts';
import { Refusal, type StationApi } from './station-api.ts';

export type Connection = 'connecting' | 'live' | 'reconnecting';

export interface LiveBench {
  readonly state: BenchState;
  readonly connection: Connection;
  /** When the page lost the station; null: it did not, or was never live. */
  readonly lostAt: Date | null;
}

/** The bench, live: a snapshot by REST, then every event since, across restarts of the station. */
export function useBench({ token, api }: Session): LiveBench {
  const { state, setState, apply } = useDrawnState();
  const [connection, setConnection] = useState<Connection>('connecting');
  const [lostAt, setLostAt] = useState<Date | null>(null);

  useEffect(() => {
    let over = false;
    const socket = io(LIVE_NAMESPACE, {
      path: LIVE_PATH,
      auth: { token },
      transports: ['websocket', 'polling'],
    });
    // A reconnect begins from a fresh snapshot: what was shown before may be of a station that restarted.
    const begin = async (): Promise<void> => {
      try {
        const snapshot = await readSnapshot(api);
        if (over) return;
        setState(snapshot);
        const { lastEventId: after, generation } = snapshot;
        socket.emit('subscribe', { after, generation, acknowledge: true });
        setConnection('live');
        setLostAt(null);
      } catch (cause) {
        // Whoever is no longer let in sees the login; anything else may pass.
        if (!over && !(cause instanceof Refusal && cause.status === 401))
          setTimeout(() => void begin(), 1000);
      }
    };
    socket.on('connect', () => void begin());
    socket.on('disconnect', (why) => {
      if (over) return;
      setConnection('reconnecting');
      setLostAt((before) => before ?? new Date());
      // Turned away: the session ended, which the next question finds out, or it did not, and the socket comes again.
      if (why === 'io server disconnect')
        void api.get('/sessions/current').then(
          () => over || socket.connect(),
          () => undefined,
        );
    });
    socket.on('page', (_page: LivePage, acknowledge: () => void) => acknowledge());
    // So much happened since the snapshot that it is older than the replay: another one is taken.
    socket.on('problem', ({ code }: LiveProblem) => {
      if (code === 'too-far-back' && !over) void begin();
    });
    for (const type of EVENT_TYPES)
      socket.on(type, (event: StationEvent) => apply((current) => afterEvent(current, event)));
    socket.on('run.progress', (event: RunProgressEvent) => apply((current) => afterProgress(current, event)));
    return () => {
      over = true;
      socket.close();
    };
  }, [token, api, setState, apply]);

  return { state, connection, lostAt };
}

/** The state as it is drawn: changes between two frames are applied together. */
function useDrawnState() {
  const [state, setState] = useState<BenchState>(EMPTY_BENCH);
  const queue = useRef<((state: BenchState) => BenchState)[]>([]);
  const apply = useCallback((change: (state: BenchState) => BenchState): void => {
    queue.current.push(change);
    if (queue.current.length > 1) return;
    requestAnimationFrame(() => {
      const changes = queue.current.splice(0);
      setState((before) => changes.reduce((current, each) => each(current), before));
    });
  }, []);
  return { state, setState, apply };
}

async function readSnapshot(api: StationApi): Promise<BenchState> {
  // The place in the log is read first: an event between it and the snapshot is applied twice, which is harmless.
  const { lastEventId, generation } = await api.get<EventPlace>('/station/place');
  const slots = await api.get<{ data: Slot[] }>('/slots');
  // The newest runs may be at work still, one a slot.
  const enough = slots.data.length + SHOWN_ENDS;
  const [runs, running, queued] = await Promise.all([
    api.get<{ data: Run[] }>(`/runs?limit=${enough}`),
    api.get<{ data: Job[] }>('/jobs?state=running&limit=20'),
    api.get<{ data: Job[] }>('/jobs?state=queued&limit=20'),
  ]);
  return {
    slots: slots.data,
    jobs: [...running.data, ...queued.data],
    ends: endsOf(runs.data),
    lastEventId,
    lastScanEvent: lastEventId,
    generation,
  };
}
