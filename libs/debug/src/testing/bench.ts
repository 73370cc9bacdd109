import { findProbes, openProbe, type Probe } from '@boardwalk/probe';
import { createVirtualBench, type VirtualBench } from '@boardwalk/virtual-bench';

/** A virtual bench in this thread: the hardware of these tests. */
export function benchOf(...boards: string[]): Promise<VirtualBench> {
  return createVirtualBench({ boards, threads: 'inline' });
}

/** Opens the probe of slot `n` (from 1): the link that these tests attach over. */
export async function probeAt(bench: VirtualBench, n = 1): Promise<Probe> {
  const found = await findProbes(bench.bus);
  return openProbe(found[n - 1]!.device);
}
