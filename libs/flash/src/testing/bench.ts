import { findProbes, openProbe } from '@boardwalk/probe';
import { createVirtualBench, type VirtualBench } from '@boardwalk/virtual-bench';
import { FlashEngine } from '../engine/flash-engine.ts';
import { readGeometry } from '../families/read-geometry.ts';

/** Bytes that look like nothing: the same for the same seed. */
export function pseudoRandom(length: number, seed: number): Uint8Array {
  let state = seed >>> 0;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

export interface Bench {
  readonly bench: VirtualBench;
  readonly engine: FlashEngine;
}

/** A virtual board under a flash engine, attached under reset. */
export async function engineOn(board: string): Promise<Bench> {
  const bench = await createVirtualBench({ boards: [board], threads: 'inline' });
  const [found] = await findProbes(bench.bus);
  const probe = await openProbe(found!.device);
  const target = await probe.attach({ connect: 'under-reset' });
  const engine = await FlashEngine.open(target, await readGeometry(target), {
    pickPage: (count) => count >>> 1,
  });
  return { bench, engine };
}
