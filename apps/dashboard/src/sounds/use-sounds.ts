'use client';
import { useEffect, useRef } from 'react';
import type { BenchSight } from '../strip/bench-sight.ts';
import { play } from './play.ts';
import { soundBetween } from './sounds-between.ts';

/** Plays what changes at the bench, unless a person muted it. */
export function useSounds(bench: BenchSight, muted: boolean): void {
  const before = useRef(bench);
  useEffect(() => {
    const sound = soundBetween(before.current, bench);
    before.current = bench;
    if (sound !== null && !muted) play(sound);
  });
}
